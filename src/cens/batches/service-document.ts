import { z } from 'zod';
import type { Config } from '../../platform/config/index.js';
import { CELL_RESOLUTION } from '../../regions/index.js';

/** Oldest version of `cen-client` that understands this server. */
const MINIMUM_CLIENT = '0.1.0';

/** What a client must know of the deployment (protocol section 9). */
export const serviceDocument = z
  .object({
    protocol: z.literal(1),
    serverTime: z.int().meta({ description: 'Unix seconds' }),
    slotSeconds: z.int(),
    retentionDays: z.int(),
    cellResolution: z.int().meta({ description: 'H3 resolution of the finest cell that may be named' }),
    regionMaxResolution: z.int(),
    reportKind: z.enum(['cen', 'preimage']),
    cenShape: z.enum(['random', 'uuid4']),
    uploadPolicy: z.enum(['permission', 'location', 'open']),
    encodings: z.array(z.enum(['compact', 'full'])),
    maxReportCens: z.int(),
    minReports: z.int(),
    permissionDigits: z.int().meta({ description: 'Digits of a permission number' }),
    minimumClient: z.string().meta({ description: 'Oldest version of cen-client that is supported' }),
    keysUrl: z.string(),
    issuerDirectoryUrl: z.string().meta({ description: 'Keys that issue upload tokens (RFC 9578 section 4)' }),
  })
  .meta({
    example: {
      protocol: 1,
      serverTime: 1795471300,
      slotSeconds: 3600,
      retentionDays: 21,
      cellResolution: 3,
      regionMaxResolution: 3,
      reportKind: 'cen',
      cenShape: 'random',
      uploadPolicy: 'permission',
      encodings: ['compact', 'full'],
      maxReportCens: 32000,
      minReports: 5,
      permissionDigits: 12,
      minimumClient: '0.1.0',
      keysUrl: '/v1/keys',
      issuerDirectoryUrl: '/.well-known/private-token-issuer-directory',
    },
  });

export function describeService(config: Config, now: number): z.output<typeof serviceDocument> {
  return {
    protocol: 1,
    serverTime: Math.floor(now),
    slotSeconds: config.slotSeconds,
    retentionDays: config.retentionDays,
    cellResolution: CELL_RESOLUTION,
    regionMaxResolution: config.regionMaxResolution,
    reportKind: config.reportKind,
    cenShape: config.cenShape,
    uploadPolicy: config.uploadPolicy,
    encodings: config.publishFull ? ['compact', 'full'] : ['compact'],
    maxReportCens: config.maxReportCens,
    minReports: config.minReports,
    permissionDigits: config.permissionDigits,
    minimumClient: MINIMUM_CLIENT,
    keysUrl: '/v1/keys',
    issuerDirectoryUrl: '/.well-known/private-token-issuer-directory',
  };
}
