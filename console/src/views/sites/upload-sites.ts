import { api, read } from '../../api/index.js';

export type Site = Awaited<ReturnType<typeof fetchSites>>[number];

/** What a site is made of. */
export interface SiteInput {
  readonly name: string;
  /** CIDR, or an address alone. */
  readonly ranges: string[];
}

/** @param authorityId null for the sites of all authorities, which is for operators */
export async function fetchSites(authorityId: string | null) {
  if (authorityId === null) return (await read(api.GET('/admin/v1/upload-sites'))).sites;
  const params = { path: { authorityId } };
  return (await read(api.GET('/admin/v1/authorities/{authorityId}/upload-sites', { params }))).sites;
}

export async function addSite(authorityId: string, body: SiteInput): Promise<void> {
  const params = { path: { authorityId } };
  await read(api.POST('/admin/v1/authorities/{authorityId}/upload-sites', { params, body }));
}

export async function changeSite({ id, authorityId }: Site, body: SiteInput): Promise<void> {
  const params = { path: { authorityId, siteId: id } };
  await read(api.PATCH('/admin/v1/authorities/{authorityId}/upload-sites/{siteId}', { params, body }));
}

export async function removeSite({ id, authorityId }: Site): Promise<void> {
  const params = { path: { authorityId, siteId: id } };
  await read(api.DELETE('/admin/v1/authorities/{authorityId}/upload-sites/{siteId}', { params }));
}
