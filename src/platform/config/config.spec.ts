import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Config, ConfigError, type Environment, loadConfig } from './index.js';

const PRODUCTION: Environment = {
  NODE_ENV: 'production',
  KEYRING_FILE: '/run/secrets/keyring.json',
  PUBLIC_URL: 'https://cen.example',
};

/** The settings that an environment's mistakes name, in order. */
function faultsOf(environment: Environment): readonly string[] {
  try {
    loadConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
}

const namesOf = (environment: Environment) => [
  ...new Set(faultsOf(environment).map((fault) => fault.split(':', 1)[0])),
];

describe('the configuration', () => {
  it('has the defaults of the protocol when nothing is set', () => {
    expect(loadConfig({})).toMatchObject({
      port: 3000,
      slotSeconds: 3600,
      retentionDays: 21,
      regionMaxResolution: 3,
      minReports: 5,
      minBatchCens: 50_000,
      worldMaxHoldSeconds: 21_600,
      splitAbove: 50_000,
      maxReportCens: 32_000,
      permissionDigits: 12,
      permissionHours: 24,
      uploadPolicy: 'permission',
      reportKind: 'cen',
      cenShape: 'random',
      publishFull: true,
      migrateAtStart: true,
      production: false,
      publicUrl: 'http://localhost:3000',
    } satisfies Partial<Config>);
    expect([...loadConfig({}).roles]).toEqual(['public', 'admin', 'worker']);
  });

  it('takes an empty variable for an unset one', () => {
    expect(loadConfig({ PORT: '', DATABASE_URL: '' })).toEqual(loadConfig({}));
  });

  it('lists every mistake at once, also those of two settings together and of production', () => {
    const names = namesOf({
      NODE_ENV: 'production',
      PORT: '99999',
      SLOT_SECONDS: '7',
      ROLES: 'public,king',
      RESPONSE_FLOOR_MS: '0',
      REPORT_KIND: 'preimage',
      CEN_SHAPE: 'uuid4',
      DATABASE_URL_FILE: '/nowhere/at/all',
      DATABASE_OWNER_URL: 'mysql://x',
    });
    expect(new Set(names)).toEqual(
      new Set([
        'PORT',
        'SLOT_SECONDS',
        'ROLES.1',
        'RESPONSE_FLOOR_MS',
        'CEN_SHAPE',
        'DATABASE_URL_FILE',
        'DATABASE_OWNER_URL',
        'KEYRING_FILE',
        'PUBLIC_URL',
      ]),
    );
  });

  it('never prints a value', () => {
    const secret = 's3cr3t-4711';
    const environment = Object.fromEntries(
      [
        'PORT',
        'DATABASE_URL',
        'DATABASE_OWNER_URL',
        'ROLES',
        'LOG_LEVEL',
        'UPLOAD_POLICY',
        'INTERNAL_RANGES',
        'PUBLIC_URL',
      ].map((name) => [name, secret]),
    );
    const faults = faultsOf({ ...environment, PUBLISH_FULL: secret });
    expect(faults.length).toBeGreaterThanOrEqual(9);
    expect(faults.join('\n')).not.toContain(secret);
  });

  it.each<[string, Environment]>([
    ['SLOT_SECONDS', { SLOT_SECONDS: '7000' }],
    ['SLOT_SECONDS', { SLOT_SECONDS: '0' }],
    ['SLOT_SECONDS', { SLOT_SECONDS: '1e3' }],
    ['RETENTION_DAYS', { RETENTION_DAYS: '43' }],
    ['REGION_MAX_RESOLUTION', { REGION_MAX_RESOLUTION: '4' }],
    ['PERMISSION_DIGITS', { PERMISSION_DIGITS: '7' }],
    ['PUBLISH_FULL', { PUBLISH_FULL: 'yes' }],
    ['DATABASE_URL', { DATABASE_URL: 'mysql://localhost/x' }],
    ['DATABASE_OWNER_URL', { DATABASE_OWNER_URL: 'postgres://localhost/x' }],
    ['SEAL_MAX_CENS', { SEAL_MAX_CENS: '1000', MAX_REPORT_CENS: '1001' }],
    ['CEN_SHAPE', { REPORT_KIND: 'preimage', CEN_SHAPE: 'uuid4' }],
  ])('refuses %s: %j', (name, environment) => {
    expect(namesOf(environment)).toEqual([name]);
  });
});

describe('in production', () => {
  it('starts with what it needs, and does not migrate unless it is told to', () => {
    expect(loadConfig(PRODUCTION)).toMatchObject({ production: true, migrateAtStart: false });
    expect(loadConfig({ ...PRODUCTION, MIGRATE_AT_START: 'true' })).toMatchObject({ migrateAtStart: true });
  });

  it.each<[string, Environment]>([
    ['KEYRING_FILE', { KEYRING_FILE: undefined }],
    ['PUBLIC_URL', { PUBLIC_URL: undefined }],
    ['SLOT_SECONDS', { SLOT_SECONDS: '60' }],
    ['MIN_REPORTS', { MIN_REPORTS: '2' }],
    ['RESPONSE_FLOOR_MS', { RESPONSE_FLOOR_MS: '0' }],
    ['PERMISSION_DIGITS', { PERMISSION_DIGITS: '9' }],
    ['FAILED_ATTEMPTS_PER_HOUR', { FAILED_ATTEMPTS_PER_HOUR: '0' }],
    ['FAILED_ATTEMPTS_ALARM', { FAILED_ATTEMPTS_ALARM: '0' }],
    ['FAILED_ATTEMPTS_TIGHTENING', { FAILED_ATTEMPTS_TIGHTENING: '1' }],
    ['PUBLIC_WRITES_PER_HOUR', { PUBLIC_WRITES_PER_HOUR: '0' }],
    ['UNBACKED_REPORTS_PER_HOUR', { UNBACKED_REPORTS_PER_HOUR: '0' }],
  ])('refuses what development may do: %s %j', (name, environment) => {
    expect(namesOf({ ...PRODUCTION, ...environment })).toEqual([name]);
    expect(namesOf({ ...PRODUCTION, ...environment, NODE_ENV: 'development' })).toEqual([]);
  });
});

describe('a secret from a file', () => {
  let folder: string;
  beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'cen-config-'))));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is read without the line end', () => {
    const file = join(folder, 'url');
    writeFileSync(file, 'postgres://cen:secret@db/cen\n');
    expect(loadConfig({ DATABASE_URL_FILE: file }).databaseUrl).toBe('postgres://cen:secret@db/cen');
  });

  it('is a mistake beside the variable itself, and when it cannot be read', () => {
    const file = join(folder, 'other');
    writeFileSync(file, 'postgres://x');
    expect(namesOf({ DATABASE_URL_FILE: file, DATABASE_URL: 'postgres://y' })).toEqual(['DATABASE_URL']);
    expect(namesOf({ DATABASE_URL_FILE: join(folder, 'missing') })).toEqual(['DATABASE_URL_FILE']);
  });
});
