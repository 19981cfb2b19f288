import { z } from 'zod';

/** A whole number written in decimal digits, within bounds that `.env.example` states. */
const whole = (min: number, max: number) =>
  z.string().regex(/^\d+$/, 'must be a whole number').transform(Number).pipe(z.number().min(min).max(max));

const flag = z.enum(['true', 'false']).transform((text) => text === 'true');

const postgresUrl = z.string().regex(/^postgres(ql)?:\/\//, 'must start with postgres:// or postgresql://');

const timeZone = z.string().refine(isTimeZone, 'must be a time zone such as Europe/Berlin');

const ROLES = ['public', 'admin', 'worker'] as const;

const roles = z
  .string()
  .transform((text) => text.split(',').map((role) => role.trim()))
  .pipe(z.array(z.enum(ROLES)).min(1))
  .transform((list) => new Set(list));

const DIVISORS_OF_A_DAY = 'must divide a UTC day (86,400 s)';

/**
 * Every setting of the server, one environment variable each. The description is what `.env.example` prints:
 * meaning, unit, bounds; a default stands in the schema alone.
 */
export const settings = z.object({
  NODE_ENV: z.string().default('development').describe('`production` turns on every safety check'),
  HOST: z
    .string()
    .min(1)
    .default('127.0.0.1')
    .describe('Address to listen on; `0.0.0.0` behind a proxy on another machine'),
  PORT: whole(0, 65_535).default(3000).describe('TCP port, 0 to 65535; 0 takes a free one'),
  PUBLIC_URL: z.url().optional().describe('Origin under which apps reach this server; default http://localhost:PORT'),
  DATA_DIR: z
    .string()
    .min(1)
    .default('data')
    .describe('Folder of the embedded database and, in development, of the key ring'),
  DATABASE_URL: postgresUrl
    .optional()
    .describe('PostgreSQL 15 or newer, application role; unset: an embedded server in DATA_DIR'),
  DATABASE_OWNER_URL: postgresUrl
    .optional()
    .describe('The same database as the role that owns the schema and migrates it; default DATABASE_URL'),
  DATABASE_POOL: whole(2, 200).default(16).describe('Pooled database connections of this process, 2 to 200'),
  MIGRATE_AT_START: flag
    .optional()
    .describe('`true` or `false`: bring the schema up to date at start; default true, in production false'),
  KEYRING_FILE: z
    .string()
    .min(1)
    .optional()
    .describe('Key ring, the same for all replicas; required in production, else made in DATA_DIR'),
  ROLES: roles.default(new Set(ROLES)).describe('What this process does: any of public,admin,worker'),
  TRUSTED_PROXY_HOPS: whole(0, 10).default(0).describe('Proxies in front whose X-Forwarded-For is believed, 0 to 10'),
  INTERNAL_RANGES: z
    .string()
    .default('127.0.0.0/8,::1/128')
    .transform((text) => text.split(',').map((range) => range.trim()))
    .pipe(z.array(z.union([z.cidrv4(), z.cidrv6()])))
    .describe('Comma-separated address ranges that may read /metrics'),
  LOG_LEVEL: z
    .enum(['silent', 'error', 'warn', 'info', 'debug'])
    .default('info')
    .describe('silent, error, warn, info or debug'),
  SLOT_SECONDS: whole(1, 86_400)
    .refine((seconds) => 86_400 % seconds === 0, DIVISORS_OF_A_DAY)
    .default(3600)
    .describe('Length of a slot in seconds, 1 to 86400, divides a day; at least 300 in production'),
  // With 1, the last slot of a day would be sealed when it is past its retention.
  RETENTION_DAYS: whole(2, 42).default(21).describe('Days for which a batch is served, 2 to 42'),
  REGION_MAX_RESOLUTION: whole(0, 3).default(3).describe('Finest H3 resolution that a batch may have, 0 to 3'),
  MIN_REPORTS: whole(1, 1000)
    .default(5)
    .describe('Reports without which no batch is published, 1 to 1000; at least 3 in production'),
  MIN_BATCH_CENS: whole(0, 4_000_000)
    .default(50_000)
    .describe('CENs up to which a world batch is filled with decoys, 0 to 4000000'),
  WORLD_MAX_HOLD_SECONDS: whole(0, 86_400)
    .default(21_600)
    .describe('Longest that a report waits for MIN_REPORTS at the world, in seconds, 0 to 86400'),
  SPLIT_ABOVE: whole(1, 8_000_000)
    .default(50_000)
    .describe('CENs of a region in a slot above which it splits, 1 to 8000000'),
  SEAL_MAX_CENS: whole(1000, 50_000_000)
    .default(12_000_000)
    .describe('CENs that one sealing takes, 1000 to 50000000; the rest waits for the next'),
  MAX_REPORT_CENS: whole(1, 200_000).default(32_000).describe('CENs of one report, all groups together, 1 to 200000'),
  RESPONSE_FLOOR_MS: whole(0, 10_000)
    .default(500)
    .describe('Answers to uploads leave at multiples of this, in ms, 0 to 10000; 0 = off, refused in production'),
  PERMISSION_DIGITS: whole(8, 18)
    .default(12)
    .describe('Digits of a permission number with its check digit, 8 to 18; at least 10 in production'),
  PERMISSION_HOURS: whole(1, 168).default(24).describe('Hours for which a permission number is valid, 1 to 168'),
  SHEET_TIME_ZONE: timeZone
    .default('UTC')
    .describe('Time zone of the validity on printed sheets, such as Europe/Berlin'),
  FAILED_ATTEMPTS_PER_HOUR: whole(0, 100_000)
    .default(60)
    .describe(
      'Refused numbers and tokens that a network is forgiven per hour, 0 to 100000; 0 = off, refused in production',
    ),
  FAILED_ATTEMPTS_BURST: whole(1, 100_000)
    .default(100)
    .describe('Refused numbers and tokens that a network may run up before it has to wait, 1 to 100000'),
  FAILED_ATTEMPTS_ALARM: whole(0, 10_000_000)
    .default(1000)
    .describe(
      'Those of all networks in an hour that raise the alert `guessing`, 0 to 10000000; 0 = off, refused in production',
    ),
  FAILED_ATTEMPTS_TIGHTENING: whole(1, 1000)
    .default(15)
    .describe('What one counts for while that alert is raised, 1 to 1000; 1 = off, refused in production'),
  PUBLIC_WRITES_PER_HOUR: whole(0, 100_000_000)
    .default(200_000)
    .describe('Uploads of any kind from one network, per process, 0 to 100000000; 0 = off, refused in production'),
  UNBACKED_REPORTS_PER_HOUR: whole(0, 10_000_000)
    .default(300)
    .describe(
      'Reports without number or token from one network, per process, 0 to 10000000; 0 = off, refused in production',
    ),
  UPLOAD_POLICY: z
    .enum(['permission', 'location', 'open'])
    .default('permission')
    .describe('Who may report: permission, location or open'),
  APP_ORIGINS: z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(',')
        .map((origin) => origin.trim())
        .filter((origin) => origin !== ''),
    )
    .pipe(z.array(z.string().regex(/^https?:\/\/[a-z0-9.:[\]-]+$/)))
    .describe('Comma-separated origins, such as https://app.example.org, of web apps that may report without a number'),
  REPORT_KIND: z.enum(['cen', 'preimage']).default('cen').describe('What a report holds: cen or preimage'),
  CEN_SHAPE: z.enum(['random', 'uuid4']).default('random').describe('What a CEN looks like: random or uuid4'),
  COMPACT_REMAINDER_BITS: z
    .enum(['40', '32'])
    .transform(Number)
    .pipe(z.union([z.literal(40), z.literal(32)]))
    .default(40)
    .describe('Rice remainder of compact batches: 40, or 32 where apps alert on two hits or more only'),
  PUBLISH_FULL: flag.default(true).describe('`true` or `false`: publish the full encoding beside the compact one'),
});

export type Settings = z.output<typeof settings>;

/** Settings that hold a secret: each may come from a file named by `<NAME>_FILE` instead. */
export const SECRET_SETTINGS = ['DATABASE_URL', 'DATABASE_OWNER_URL'] as const;

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
