import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ConsoleFixture } from './support/console-fixture.js';
import { everyView, type Stage, setStage, STAGE_SETTINGS } from './support/stage.js';

const FOLDER = join(__dirname, 'screenshots/out');
const WIDTHS = { phone: 360, tablet: 768, desktop: 1280 };
const THEMES = ['light', 'dark'] as const;

let fixture: ConsoleFixture;
let stage: Stage;

beforeAll(async () => {
  mkdirSync(FOLDER, { recursive: true });
  fixture = await ConsoleFixture.start({ settings: STAGE_SETTINGS });
  stage = await setStage(fixture);
});
afterAll(() => fixture.close());

const only = process.env['VIEW'];

test.each(everyView().filter(({ name }) => only === undefined || name.includes(only)))('$name', async (view) => {
  for (const [size, width] of Object.entries(WIDTHS))
    for (const colorScheme of THEMES) {
      const options = { viewport: { width, height: 800 }, colorScheme, reducedMotion: 'reduce' as const };
      const { page, context } = await view.open(fixture, stage, options);
      await page.screenshot({ path: join(FOLDER, `${view.name}-${size}-${colorScheme}.png`), fullPage: true });
      await context.close();
    }
});
