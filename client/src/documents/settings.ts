import type { BatchEncoding } from '../batch/header.js';
import { DocumentError } from './document-error.js';
import { asArray, asCount, asCountWithin, asObject, asString } from './fields.js';

/** What `GET /v1` tells (protocol §3 and §9), as far as a client needs it. */
export interface Settings {
  readonly slotSeconds: number;
  readonly retentionDays: number;
  /** Whether this deployment takes CENs or their preimages: `cenOfPreimage`. */
  readonly reportKind: 'cen' | 'preimage';
  readonly uploadPolicy: 'permission' | 'location' | 'open';
  readonly encodings: readonly BatchEncoding[];
  readonly maxReportCens: number;
  /** Digits of a permission number, for `chaff`. */
  readonly permissionDigits: number;
  readonly keysUrl: string;
}

/** The protocol version that this client speaks. */
const PROTOCOL = 1;

export const LONGEST_RETENTION_DAYS = 42;
/** What a deployment may choose. */
const RETENTION_DAYS = { least: 1, most: LONGEST_RETENTION_DAYS };

/** What a deployment may choose; 12 where a server does not tell. */
const PERMISSION_DIGITS = { least: 8, most: 18 };

/** Throws DocumentError `unsupported-protocol` or `bad-settings`. */
export function parseSettings(body: string): Settings {
  try {
    const settings = asObject(JSON.parse(body), 'the answer');
    if (settings.protocol !== PROTOCOL) {
      throw new DocumentError('unsupported-protocol', `the server speaks version ${String(settings.protocol)}`);
    }
    return {
      slotSeconds: asCount(settings.slotSeconds, 'slotSeconds'),
      retentionDays: asCountWithin(settings.retentionDays, 'retentionDays', RETENTION_DAYS),
      reportKind: asString(settings.reportKind, 'reportKind', /^(cen|preimage)$/) as Settings['reportKind'],
      uploadPolicy: asString(
        settings.uploadPolicy,
        'uploadPolicy',
        /^(permission|location|open)$/,
      ) as Settings['uploadPolicy'],
      encodings: asArray(settings.encodings, 'encodings').filter((name) => name === 'compact' || name === 'full'),
      maxReportCens: asCount(settings.maxReportCens, 'maxReportCens'),
      permissionDigits: asCountWithin(settings.permissionDigits ?? 12, 'permissionDigits', PERMISSION_DIGITS),
      keysUrl: asString(settings.keysUrl, 'keysUrl'),
    };
  } catch (error) {
    throw error instanceof DocumentError ? error : new DocumentError('bad-settings', (error as Error).message);
  }
}
