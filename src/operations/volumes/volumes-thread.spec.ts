import { setImmediate } from 'node:timers/promises';
import { Regions, WORLD } from '../../regions/index.js';
import { answerPreview, type PreviewQuestion } from './preview-answer.js';
import { VolumesThread } from './volumes-thread.js';

const regions = new Regions();
const below = (cells: readonly bigint[]) => cells.flatMap((cell) => regions.children(cell));
const earth = below(below(below(below([WORLD]))));

// One for all: it takes seconds to load what it needs.
const thread = new VolumesThread();
afterAll(() => thread.onApplicationShutdown());

/** One slot in which each of these regions has published 60,000 CENs; wanted is a limit above that. */
function question(cells: readonly bigint[]): PreviewQuestion {
  const current = { splitAbove: 50_000, minReports: 5, regionMaxResolution: 3 };
  const column = (value: number) => new Float64Array(cells.length).fill(value);
  return {
    kind: 'preview',
    volumes: {
      regions: BigInt64Array.from(cells),
      starts: column(3600),
      cens: column(60_000),
      bytes: column(318_000),
    },
    current,
    wanted: { ...current, splitAbove: 500_000 },
    decoys: { least: 50_000, most: 55_000 },
    longestHold: 0,
    days: 1,
  };
}

const parse = (json: Buffer): unknown => JSON.parse(json.toString());

it('answers as the same computation here would', async () => {
  const cells = earth.slice(0, 300);
  expect(parse(await thread.ask(question(cells)))).toEqual(answerPreview(question(cells), regions));
});

it('lets this thread go on while it computes what a whole Earth of regions has published', async () => {
  let isAnswered = false;
  const asked = thread.ask(question(earth)).finally(() => (isAnswered = true));
  let turns = 0;
  for (; !isAnswered; turns++) await setImmediate();
  expect(parse(await asked)).toMatchObject({ current: { regions: earth.length } });
  // Computed here, it would leave this loop its first turns alone: it takes a second or more, a turn some microseconds.
  expect(turns).toBeGreaterThan(100);
});

it('answers all who ask at once, each its own', async () => {
  const [few, more] = await Promise.all([
    thread.ask(question(earth.slice(0, 10))),
    thread.ask(question(earth.slice(0, 20))),
  ]);
  expect([parse(few), parse(more)]).toMatchObject([{ current: { regions: 10 } }, { current: { regions: 20 } }]);
});

it('fails for whoever asked when the thread dies of it, and answers the next', async () => {
  await expect(thread.ask(question([7n]))).rejects.toThrow('not an H3 cell');
  expect(parse(await thread.ask(question(earth.slice(0, 10))))).toMatchObject({ slots: 1 });
});
