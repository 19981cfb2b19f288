import { z } from 'zod';
import { faultsOf } from '../../platform/http/index.js';
import type { Regions } from '../../regions/index.js';
import { CensError } from '../cens-error.js';
import { distinctCells } from './distinct-cells.js';
import { invalid, readCell, readGroup, requireFew, requireRoom, requireSome } from './packed-report.js';
import { CEN_BYTES, type Report, type ReportRules } from './report.js';

/** A report as JSON, for people who try things out. */
export const jsonReport = z
  .object({
    groups: z
      .array(
        z.object({
          region: z
            .string()
            .meta({ description: '`world` or an H3 cell of resolution 0 to 3, 15 lower-case hex digits' }),
          cens: z.base64().meta({ description: 'CENs one after another, 16 bytes each, in base64' }),
        }),
      )
      .min(1),
    padding: z.string().optional().meta({ description: 'Anything; dropped' }),
  })
  .strict()
  .meta({ example: { groups: [{ region: 'world', cens: 'AAECAwQFBgcICQoLDA0ODw==' }], padding: '' } });

/**
 * Parses the JSON form of a report under the same rules as the packed one.
 * @throws {CensError} `invalid-report` with every fault of the shape, `report-too-large`
 */
export function parseJsonReport(body: Uint8Array, rules: ReportRules, regions: Pick<Regions, 'parse'>): Report {
  const value = readJson(body);
  requireFewGroups(value);
  const parsed = jsonReport.safeParse(value);
  if (!parsed.success) throw new CensError('invalid-report', { errors: faultsOf(parsed.error.issues) });
  requireRoom(countCens(parsed.data.groups), rules);
  const groups = parsed.data.groups.map(({ region, cens }, index) =>
    readGroup(
      readCens(cens, index),
      readCell(() => regions.parse(region), index),
      index,
      rules,
    ),
  );
  return requireSome(distinctCells(groups.filter(({ words }) => words.length > 0)));
}

function readJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw invalid('', 'is not well-formed JSON in UTF-8');
  }
}

/** Before the schema, which lists every fault of every group: 250,000 empty groups kept it busy for four seconds. */
function requireFewGroups(value: unknown): void {
  const groups = (value as { groups?: unknown } | null)?.groups;
  if (Array.isArray(groups)) requireFew(groups.length);
}

/** Size is checked before anything else in the body (protocol section 9). */
function countCens(groups: readonly { readonly cens: string }[]): number {
  return groups.reduce((total, { cens }) => total + Math.ceil(Buffer.byteLength(cens, 'base64') / CEN_BYTES), 0);
}

function readCens(base64: string, index: number): Uint32Array {
  const bytes = new Uint8Array(Buffer.from(base64, 'base64'));
  if (bytes.length % CEN_BYTES !== 0)
    throw invalid(`/groups/${index}/cens`, `holds ${bytes.length} bytes, not a multiple of ${CEN_BYTES}`);
  return new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
}
