import type { Settings } from './settings.js';

interface ProductionRule {
  readonly setting: keyof Settings;
  readonly holds: (parsed: Settings) => boolean;
  readonly demand: string;
}

/** Limits on what strangers may do, and the value that switches each off. */
const LIMITS = [
  { setting: 'FAILED_ATTEMPTS_PER_HOUR', off: 0 },
  { setting: 'FAILED_ATTEMPTS_ALARM', off: 0 },
  { setting: 'FAILED_ATTEMPTS_TIGHTENING', off: 1 },
  { setting: 'PUBLIC_WRITES_PER_HOUR', off: 0 },
  { setting: 'UNBACKED_REPORTS_PER_HOUR', off: 0 },
] as const;

/** What development may do for speed and demonstrations, and a country's deployment may not. */
const RULES: readonly ProductionRule[] = [
  { setting: 'KEYRING_FILE', holds: (s) => s.KEYRING_FILE !== undefined, demand: 'is required in production' },
  { setting: 'PUBLIC_URL', holds: (s) => s.PUBLIC_URL !== undefined, demand: 'is required in production' },
  { setting: 'SLOT_SECONDS', holds: (s) => s.SLOT_SECONDS >= 300, demand: 'must be at least 300 in production' },
  { setting: 'MIN_REPORTS', holds: (s) => s.MIN_REPORTS >= 3, demand: 'must be at least 3 in production' },
  {
    setting: 'RESPONSE_FLOOR_MS',
    holds: (s) => s.RESPONSE_FLOOR_MS > 0,
    demand: 'cannot be switched off in production',
  },
  ...LIMITS.map(({ setting, off }) => ({
    setting,
    holds: (s: Settings) => s[setting] !== off,
    demand: 'cannot be switched off in production',
  })),
  {
    setting: 'PERMISSION_DIGITS',
    holds: (s) => s.PERMISSION_DIGITS >= 10,
    demand: 'must be at least 10 in production',
  },
];

/** The rules that a production environment breaks, as sentences; none outside production. */
export function productionFaults(parsed: Settings): string[] {
  if (parsed.NODE_ENV !== 'production') return [];
  return RULES.filter((rule) => !rule.holds(parsed)).map((rule) => `${rule.setting}: ${rule.demand}`);
}
