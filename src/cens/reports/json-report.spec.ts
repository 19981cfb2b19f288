import type { CensError } from '../cens-error.js';
import { Regions } from '../../regions/index.js';
import { parseJsonReport } from './json-report.js';

const RULES = { maxReportCens: 32_000, cenShape: 'random' } as const;

function refusalOf(value: unknown): CensError {
  try {
    parseJsonReport(Buffer.from(JSON.stringify(value)), RULES, new Regions());
  } catch (error) {
    return error as CensError;
  }
  throw new Error('was not refused');
}

describe('a JSON report', () => {
  it('of very many groups is refused without a look at each: listing their faults kept the server busy for seconds', () => {
    const { code, errors } = refusalOf({ groups: Array(1001).fill({}) });
    expect([code, errors?.map(({ pointer }) => pointer)]).toEqual(['invalid-report', ['/groups']]);
  });

  it('of as many groups as it may have is told what is wrong with them', () => {
    const { errors } = refusalOf({ groups: Array(1000).fill({ region: 'world' }) });
    expect(errors?.[0]?.pointer).toBe('/groups/0/cens');
  });

  it.each([null, 7, [], 'groups'])('that is %j is refused as such', (value) => {
    expect(refusalOf(value).code).toBe('invalid-report');
  });
});
