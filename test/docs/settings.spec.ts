import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { loadConfig, SECRET_SETTINGS, settings } from '../../src/platform/config/index.js';

const EXAMPLE = readFileSync(join(__dirname, '../../.env.example'), 'utf8');

/** Names that operators, scripts and other documents rely on. */
const PROMISED =
  `HOST PORT PUBLIC_URL DATA_DIR DATABASE_URL DATABASE_OWNER_URL MIGRATE_AT_START KEYRING_FILE ROLES TRUSTED_PROXY_HOPS
  SLOT_SECONDS RETENTION_DAYS REGION_MAX_RESOLUTION MIN_REPORTS MIN_BATCH_CENS WORLD_MAX_HOLD_SECONDS SPLIT_ABOVE SEAL_MAX_CENS
  MAX_REPORT_CENS RESPONSE_FLOOR_MS PERMISSION_DIGITS PERMISSION_HOURS UPLOAD_POLICY REPORT_KIND CEN_SHAPE PUBLISH_FULL`.split(
    /\s+/,
  );

type Name = keyof typeof settings.shape;

const described = Object.entries(settings.shape).map(([name, schema]) => ({
  name: name as Name,
  description: schema.description ?? '',
}));
const bounded = described.flatMap(({ name, description }) => {
  const bounds = /\b(\d+) to (\d+)\b/.exec(description);
  return bounds === null ? [] : [{ name, min: Number(bounds[1]), max: Number(bounds[2]) }];
});

const accepts = (name: Name, value: number): boolean => settings.shape[name].safeParse(String(value)).success;

test('every promised setting exists', () => {
  expect(described.map(({ name }) => name)).toEqual(expect.arrayContaining(PROMISED));
});

test.each(bounded)('$name has the bounds that its description states', ({ name, min, max }) => {
  expect([accepts(name, min), accepts(name, max)]).toEqual([true, true]);
  expect([min > 0 && accepts(name, min - 1), accepts(name, max + 1)]).toEqual([false, false]);
});

test('every number has stated bounds', () => {
  const numbers = described.filter(({ name }) => typeof settings.parse({})[name] === 'number' && !/_BITS$/.test(name));
  expect(numbers.map(({ name }) => name)).toEqual(bounded.map(({ name }) => name));
});

test('.env.example, with every "#" in front of a setting taken away, changes nothing', () => {
  const everything = parseEnv(EXAMPLE.replace(/^#(?=[A-Z_]+=)/gm, ''));
  expect(Object.keys(everything).sort()).toEqual(
    [...described.map(({ name }) => name), ...SECRET_SETTINGS.map((name) => `${name}_FILE`)].sort(),
  );
  expect(loadConfig(everything as Record<string, string>)).toEqual(loadConfig({}));
});
