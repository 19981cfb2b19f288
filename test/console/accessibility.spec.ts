import { findingsOf } from './support/axe.js';
import { ConsoleFixture } from './support/console-fixture.js';
import { everyView, setStage, type Stage, STAGE_SETTINGS } from './support/stage.js';

let fixture: ConsoleFixture;
let stage: Stage;

beforeAll(async () => {
  fixture = await ConsoleFixture.start({ settings: STAGE_SETTINGS });
  stage = await setStage(fixture);
});
afterAll(() => fixture.close());

describe.each(['light', 'dark'] as const)('in the %s theme', (colorScheme) => {
  it.each(everyView())('axe finds nothing on $name, which breaks no policy and fits a phone', async (view) => {
    const viewport = { width: 360, height: 780 };
    const { page, context, errors } = await view.open(fixture, stage, {
      colorScheme,
      viewport,
      reducedMotion: 'reduce',
    });
    expect(await findingsOf(page)).toEqual([]);
    expect(errors).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    await context.close();
  });
});
