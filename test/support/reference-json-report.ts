import { getResolution, isValidCell } from 'h3-js';

const BASE64 = /^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** What protocol sections 4 and 9 say of an `application/json` report, apart from the server: how many CENs, or the code of the problem. */
export function referenceJsonReport(
  body: Buffer,
  rules: { readonly maxReportCens: number },
): number | 'invalid-report' | 'report-too-large' {
  const groups = readGroups(body);
  if (groups === undefined) return 'invalid-report';
  const bytes = groups.map(({ cens }) => Buffer.from(cens, 'base64').length);
  const cens = bytes.reduce((sum, length) => sum + Math.ceil(length / 16), 0);
  if (cens > rules.maxReportCens) return 'report-too-large';
  const valid = bytes.every((length) => length % 16 === 0) && groups.every(({ region }) => isRegion(region));
  return valid && cens > 0 ? cens : 'invalid-report';
}

function readGroups(body: Buffer): { region: string; cens: string }[] | undefined {
  let document: unknown;
  try {
    document = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
  if (!isObject(document) || Object.keys(document).some((name) => name !== 'groups' && name !== 'padding'))
    return undefined;
  const { groups, padding } = document;
  if (padding !== undefined && typeof padding !== 'string') return undefined;
  if (!Array.isArray(groups) || groups.length === 0) return undefined;
  return groups.every(isGroup) ? groups : undefined;
}

function isGroup(group: unknown): group is { region: string; cens: string } {
  if (!isObject(group)) return false;
  const { region, cens } = group;
  return typeof region === 'string' && typeof cens === 'string' && BASE64.test(cens);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isRegion(id: string): boolean {
  return id === 'world' || (/^[0-9a-f]{15}$/.test(id) && isValidCell(id) && getResolution(id) <= 3);
}
