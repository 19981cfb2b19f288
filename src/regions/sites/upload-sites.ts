import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '../../platform/database/index.js';
import { Audit, Authorities, type MemberActor } from '../../staff/index.js';
import { RegionsError } from '../regions-error.js';
import { fromNormal, isTooWide } from './address-range.js';
import { overlapsOf } from './overlaps.js';
import { MAX_SITES_OF_AUTHORITY, type ShownSite, type SiteSettings, type UploadSite } from './upload-site.js';
import { UploadSiteRepository } from './upload-site.repository.js';

/** The upload sites, as staff see and change them. Every change is in the log, with the ranges that it let in. */
@Injectable()
export class UploadSites {
  constructor(
    private readonly database: Database,
    private readonly repository: UploadSiteRepository,
    private readonly authorities: Authorities,
    private readonly audit: Audit,
  ) {}

  /** All sites, or those of an authority; each with what overlaps it, whosever that is. */
  async list(actor: MemberActor, authorityId?: string): Promise<ShownSite[]> {
    if (authorityId !== undefined) await this.authorities.get(authorityId);
    const sites = await this.repository.list();
    const overlaps = overlapsOf(sites);
    return sites
      .filter((site) => authorityId === undefined || site.authorityId === authorityId)
      .map((site) => ({
        ...site,
        overlaps: overlaps.get(site.id)!.map(({ range, site: other, siteRange }) => ({
          range,
          with: { siteId: other.id, ...namedFor(actor, other), range: siteRange },
        })),
      }));
  }

  /** @throws RegionsError `site-name-taken`, `too-many-sites`, `sites-too-wide`; StaffError `staff-not-found` */
  async create(actor: MemberActor, authorityId: string, wanted: SiteSettings): Promise<ShownSite> {
    await this.authorities.get(authorityId);
    const id = randomUUID();
    await this.#changing(async (client) => {
      const others = await this.repository.ofAuthority(client, authorityId);
      if (others.length >= MAX_SITES_OF_AUTHORITY) throw new RegionsError('too-many-sites');
      checkName(wanted.name, others);
      checkWidth(actor, [...wanted.ranges, ...others.flatMap(({ ranges }) => ranges)]);
      await this.repository.create(client, id, authorityId, wanted);
      const details = { site: id, ranges: wanted.ranges };
      await this.audit.record(client, { actor, action: 'upload-site.create', authorityId, details });
    });
    return this.#shown(actor, authorityId, id);
  }

  /** @throws RegionsError `site-not-found`, `site-name-taken`, `sites-too-wide` */
  async change(actor: MemberActor, authorityId: string, id: string, change: Partial<SiteSettings>): Promise<ShownSite> {
    await this.#changing(async (client) => {
      const sites = await this.repository.ofAuthority(client, authorityId);
      const site = siteOf(sites, id);
      const others = sites.filter((other) => other !== site);
      const { name = site.name, ranges = site.ranges } = change;
      checkName(name, others);
      if (change.ranges !== undefined) checkWidth(actor, [...ranges, ...others.flatMap((other) => other.ranges)]);
      await this.repository.change(client, id, { name, ranges });
      const details = { site: id, changed: Object.keys(change).sort(), ranges };
      await this.audit.record(client, { actor, action: 'upload-site.change', authorityId, details });
    });
    return this.#shown(actor, authorityId, id);
  }

  /** @throws RegionsError `site-not-found` */
  async remove(actor: MemberActor, authorityId: string, id: string): Promise<void> {
    await this.#changing(async (client) => {
      const { ranges } = siteOf(await this.repository.ofAuthority(client, authorityId), id);
      await this.repository.remove(client, id);
      const details = { site: id, ranges };
      await this.audit.record(client, { actor, action: 'upload-site.remove', authorityId, details });
    });
  }

  async #changing(work: (client: Transaction) => Promise<void>): Promise<void> {
    await this.database.transaction(async (client) => {
      await this.repository.lock(client);
      await this.repository.announce(client);
      await work(client);
    });
  }

  async #shown(actor: MemberActor, authorityId: string, id: string): Promise<ShownSite> {
    const shown = (await this.list(actor, authorityId)).find((site) => site.id === id);
    if (shown === undefined) throw new RegionsError('site-not-found');
    return shown;
  }
}

function siteOf(sites: readonly UploadSite[], id: string): UploadSite {
  const site = sites.find((candidate) => candidate.id === id);
  if (site === undefined) throw new RegionsError('site-not-found');
  return site;
}

function checkName(name: string, others: readonly UploadSite[]): void {
  if (others.some((other) => other.name === name)) throw new RegionsError('site-name-taken');
}

/** A manager opens no door to half the internet, in however many sites: only operators may. */
function checkWidth(actor: MemberActor, ranges: readonly string[]): void {
  if (actor.role !== 'operator' && isTooWide(ranges.map(fromNormal))) throw new RegionsError('sites-too-wide');
}

/** A manager learns that a range is another authority's, and not whose. */
function namedFor(actor: MemberActor, { name, authorityId }: UploadSite) {
  const isTold = actor.role === 'operator' || actor.authorityId === authorityId;
  return isTold ? { name, authorityId } : { name: null, authorityId: null };
}
