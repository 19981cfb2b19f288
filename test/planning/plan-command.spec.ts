import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runNode } from '../support/child-process.js';

/** A process of its own each time, on machines that may be busy. */
jest.setTimeout(120_000);

describe('cen plan', () => {
  let folder: string;
  beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'cen-plan-'))));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const plan = (...args: string[]) => {
    const environment = { DATA_DIR: join(folder, 'data'), DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' };
    return runNode(['dist/cli.js', 'plan', '--seeds', '1', '--phones', '50', ...args], environment).ended;
  };

  it("prints the original proposal's 0.45 MB a person and 91 GB beside what this server needs, without a database", async () => {
    const { code, stdout } = await plan('--infected-per-day', '9524', '--slot-seconds', '14400', '--json');
    expect(code).toBe(0);
    const planned = JSON.parse(stdout.trim().split('\n').at(-1)!);
    expect(planned.original.bytesPerPerson).toBe(453_600);
    expect(planned.original.bytes / 1e9).toBeCloseTo(90.7, 1);
    expect(planned.database.bytes).toBeLessThan(planned.original.bytes);
    expect(planned.database.bytesWithoutFull).toBeLessThan(planned.database.bytes / 3);
    expect(planned.falseMatchesPerDay[32] / planned.falseMatchesPerDay[40]).toBeCloseTo(256, 3);
    expect(planned.splits).toHaveLength(15);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('refuses what is no number', async () => {
    const { code, stderr } = await plan('--population', 'many');
    expect(code).toBe(1);
    expect(stderr).toContain('A number from 1000 to 2000000000 is needed');
  });

  it('refuses slots that no day consists of, as SLOT_SECONDS does', async () => {
    const { code, stderr } = await plan('--slot-seconds', '7000');
    expect(code).toBe(1);
    expect(stderr).toContain('A whole number that divides 86400 is needed');
  });

  it('costs twice as much for twice the reports, and more where phones know their place worse, through the splits alone', async () => {
    const costs = async (infected: string, metres: string) => {
      const given = ['--infected-per-day', infected, '--location-error', metres, '--slot-seconds', '14400', '--json'];
      return JSON.parse((await plan(...given)).stdout).phone;
    };
    const [one, twice, far] = [await costs('500', '10'), await costs('1000', '10'), await costs('1000', '20000')];
    expect(twice.world / one.world).toBeCloseTo(2, 0);
    expect(far.median.median).toBeGreaterThan(twice.median.median * 1.2);
    expect(far.world).toBe(twice.world);
  });
});
