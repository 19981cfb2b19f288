import { api, read } from '../../api/index.js';

/** UTC days, the last one included. */
export interface Range {
  readonly from: string;
  readonly to: string;
}

export type Statistics = Awaited<ReturnType<typeof fetchStatistics>>;

export const MEASURES = ['minted', 'redeemed', 'expired', 'revocations'] as const;
export type Measure = (typeof MEASURES)[number];

const DAY = 86_400;
const dayOf = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 10);

/** As many UTC days as asked for, today the last. @param now Unix seconds */
export function rangeOf(days: number, now: number): Range {
  return { from: dayOf(now - (days - 1) * DAY), to: dayOf(now) };
}

/** @param authorityId empty for all authorities together, which is for operators */
export async function fetchStatistics(authorityId: string, query: Range) {
  if (authorityId === '') return read(api.GET('/admin/v1/statistics', { params: { query } }));
  const params = { path: { authorityId }, query };
  return read(api.GET('/admin/v1/authorities/{authorityId}/statistics', { params }));
}

/** The same as comma-separated values, as the server writes them. */
export async function fetchStatisticsCsv(authorityId: string, query: Range): Promise<string> {
  const asText = { headers: { accept: 'text/csv' }, parseAs: 'text' } as const;
  if (authorityId === '') return read(api.GET('/admin/v1/statistics', { params: { query }, ...asText }));
  const params = { path: { authorityId }, query };
  return read(api.GET('/admin/v1/authorities/{authorityId}/statistics', { params, ...asText }));
}
