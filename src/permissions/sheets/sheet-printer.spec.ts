import decodeQR from 'qr/decode.js';
import { type PdfPage, readPdf } from '../../../test/support/pdf-text.js';
import { LANGUAGES } from '../../staff/index.js';
import { formatNumber, numberFrom } from '../number-format.js';
import { SHEET_LANGUAGES } from './languages/index.js';
import { cutsOf, PAGE } from './layout.js';
import { SheetPrinter, type SheetAuthority } from './sheet-printer.js';

const ORDER = '3f8e9d2c-7b6a-4c5d-9e8f-0a1b2c3d4e5f';
/** 11 March 2031, 11:00 UTC. */
const EXPIRES_AT = 1_930_993_200;
const NUMBERS = Array.from({ length: 11 }, (_, index) => numberFrom(BigInt(4_271_950_380 + index * 7_919_191), 12));

const AUTHORITY: SheetAuthority = { name: 'Gesundheitsamt Süd', language: 'en', appLink: 'https://app.example/report' };

async function print(authority: Partial<SheetAuthority> = {}, numbers = NUMBERS, sheetTimeZone = 'Europe/Berlin') {
  const order = { order: ORDER, numbers, expiresAt: EXPIRES_AT };
  return readPdf(await new SheetPrinter({ sheetTimeZone }).print(order, { ...AUTHORITY, ...authority }));
}

const textsOf = ({ lines }: PdfPage): string[] => lines.map(({ text }) => text);

/** A sheet's words, whatever the lines that they stand in. */
const wordsOf = (pages: readonly PdfPage[]): string => pages.flatMap(textsOf).join(' ').replace(/\s+/g, ' ');

const moment = (locale: string): string => {
  const date = { day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit' } as const;
  const format = new Intl.DateTimeFormat(locale, { ...date, timeZoneName: 'short', timeZone: 'Europe/Berlin' });
  return format.format(EXPIRES_AT * 1000).replace(/\s+/g, ' ');
};

test.each(LANGUAGES)(
  'prints in %s what its file says, each letter of it, and nothing of another language',
  async (of) => {
    const { catalogue, pages } = await print({ language: of });
    const own = SHEET_LANGUAGES[of];
    expect(catalogue).toContain(`/Lang (${own.locale})`);
    const words = wordsOf(pages);
    expect(words).not.toContain('\ufffd');
    for (const text of [own.title, own.validUntil(moment(own.locale)), own.scanWithCamera, own.whatHappens, own.once])
      expect(words).toContain(text);
    expect(words).not.toContain(own.scanInApp);
    for (const other of LANGUAGES.filter((language) => language !== of)) {
      for (const text of [SHEET_LANGUAGES[other].title, SHEET_LANGUAGES[other].once]) expect(words).not.toContain(text);
    }
  },
);

test('prints each number whole, in one line and in order, four to a page and none twice', async () => {
  const { pages } = await print();
  const printed = pages.map((page) => textsOf(page).filter((text) => /^[\d ]{6,}$/.test(text)));
  expect(printed.map(({ length }) => length)).toEqual([4, 4, 3]);
  expect(printed.flat()).toEqual(NUMBERS.map((number) => formatNumber(number).replaceAll('-', ' ')));
});

test('keeps everything of a slip between its cuts, and clear of the edges of A4 and Letter', async () => {
  const { pages } = await print({ language: 'de', name: 'W'.repeat(100) });
  for (const page of pages) {
    expect([page.width, page.height]).toEqual([595.28, 841.89]);
    const numbers = page.lines.filter(({ text }) => /^[\d ]{6,}$/.test(text));
    const cuts = cutsOf(numbers.length);
    for (const [place, line] of numbers.entries()) {
      expect(page.height - line.y).toBeGreaterThan(cuts[place] + 40);
      expect(page.height - line.y).toBeLessThan(cuts[place + 1] - 40);
      expect(line.size).toBeGreaterThan(40);
    }
    const onSlips = page.lines.filter(({ text }) => !text.startsWith(ORDER));
    for (const { x, y } of onSlips) {
      expect(x).toBeGreaterThan(20);
      const top = page.height - y;
      expect(cuts.some((cut, place) => top > cut + 12 && top < (cuts[place + 1] ?? 0) - 8)).toBe(true);
    }
    // Of Letter, 50 points lower, a printer that keeps to the size shows the middle.
    const missing = (PAGE.height - 792) / 2;
    expect(Math.min(...cuts)).toBeGreaterThan(missing + 24);
    expect(Math.max(...cuts)).toBeLessThan(PAGE.height - missing - 24);
  }
});

test('a QR code leads to the app link of its own number, which is in the fragment', async () => {
  const { pages } = await print();
  expect(pages.flatMap(codesOn)).toEqual(NUMBERS.map((number) => `https://app.example/report#${number}`));
});

test.each([
  ['the number alone without an app link', null, ''],
  [
    'the number after a fragment that the link has already',
    'https://app.example/#/report/',
    'https://app.example/#/report/',
  ],
])('a QR code holds %s', async (_, appLink, before) => {
  const { pages } = await print({ appLink }, NUMBERS.slice(0, 1));
  expect(codesOn(pages[0])).toEqual([before + NUMBERS[0]]);
  const { scanInApp, scanWithCamera } = SHEET_LANGUAGES.en;
  expect(wordsOf(pages)).toContain(appLink === null ? scanInApp : scanWithCamera);
});

test('names the authority, and the order on every page, but not the authority that is called default', async () => {
  const { pages } = await print();
  for (const [index, page] of pages.entries()) {
    expect(textsOf(page)).toContain('Gesundheitsamt Süd');
    expect(textsOf(page)[0]).toMatch(new RegExp(`^${ORDER}.*${index + 1}/3$`));
  }
  expect(wordsOf((await print({ name: 'default' })).pages)).not.toContain('default');
});

test('longer numbers are smaller, not split', async () => {
  const number = numberFrom(98_765_432_109_876_543n, 18);
  const { pages } = await print({}, [number]);
  const [line] = pages[0].lines.filter(({ text }) => /^[\d ]{6,}$/.test(text));
  expect(line.text.replaceAll(' ', '')).toBe(number);
  expect(line.size).toBeLessThan(46);
});

test('the longest app link still fits', async () => {
  const appLink = `https://app.example/${'x'.repeat(280)}`;
  expect(codesOn((await print({ appLink }, NUMBERS.slice(0, 1))).pages[0])).toEqual([`${appLink}#${NUMBERS[0]}`]);
});

/** Paints a page's dark modules, and reads what a camera would. */
function codesOn({ rectangles }: PdfPage): string[] {
  const bySlip = new Map<number, (readonly number[])[]>();
  for (const rectangle of rectangles) {
    const slip = slipAt(rectangle[1]);
    bySlip.set(slip, [...(bySlip.get(slip) ?? []), rectangle]);
  }
  return [...bySlip.values()].map((dark) => {
    const left = Math.min(...dark.map(([x]) => x));
    const top = Math.min(...dark.map(([, y]) => y));
    const module = dark[0][3];
    const modules = Math.round((Math.max(...dark.map(([x, , width]) => x + width)) - left) / module);
    return decodeQR(paint(dark, { left, top, module, modules }));
  });
}

const slipAt = (y: number): number => cutsOf(4).findLastIndex((cut) => y > cut);

const PIXELS = 4;
const QUIET = 4;

function paint(
  dark: readonly (readonly number[])[],
  { left, top, module, modules }: Record<'left' | 'top' | 'module' | 'modules', number>,
): { width: number; height: number; data: Uint8Array } {
  const side = (modules + 2 * QUIET) * PIXELS;
  const data = new Uint8Array(side * side * 4).fill(255);
  for (const [x, y, width, height] of dark) {
    const pixel = (length: number, offset = 0) => Math.round((length / module + offset) * PIXELS);
    for (let row = pixel(y - top, QUIET); row < pixel(y - top + height, QUIET); row++) {
      for (let column = pixel(x - left, QUIET); column < pixel(x - left + width, QUIET); column++)
        data.fill(0, (row * side + column) * 4, (row * side + column) * 4 + 3);
    }
  }
  return { width: side, height: side, data };
}
