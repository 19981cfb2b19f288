import { inflateSync } from 'node:zlib';

/** A line of text as it stands on a page. */
export interface PdfLine {
  readonly text: string;
  /** Points from the lower left corner of the page to the start of the baseline. */
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

export interface PdfPage {
  readonly width: number;
  readonly height: number;
  readonly lines: readonly PdfLine[];
  /** Filled rectangles as `[x, y, width, height]`, from the upper left corner. */
  readonly rectangles: readonly (readonly number[])[];
}

interface PdfObject {
  readonly dictionary: string;
  readonly stream: string;
}

/** Wider than any kerning, in thousandths of the font's size: a gap between words. */
const WORD_GAP = 150;

/** Reads PDFs as pdfkit writes them, and no others: embedded fonts with ToUnicode tables, one content stream a page. */
export function readPdf(pdf: Buffer): { readonly catalogue: string; readonly pages: readonly PdfPage[] } {
  const objects = objectsOf(pdf);
  const all = [...objects.values()];
  const catalogue = all.find(({ dictionary }) => dictionary.includes('/Type /Catalog'))!.dictionary;
  const pages = all.filter(({ dictionary }) => /\/Type \/Page\b/.test(dictionary));
  return { catalogue, pages: pages.map((page) => readPage(page, objects)) };
}

function objectsOf(pdf: Buffer): Map<number, PdfObject> {
  const objects = new Map<number, PdfObject>();
  const text = pdf.toString('latin1');
  for (const { 1: id, index } of text.matchAll(/^(\d+) 0 obj$/gm)) {
    const end = text.indexOf('\nendobj', index);
    const streamAt = text.slice(index, end).indexOf('\nstream\n');
    const dictionary = text.slice(index, streamAt < 0 ? end : index + streamAt);
    objects.set(Number(id), {
      dictionary,
      stream: streamAt < 0 ? '' : streamOf(pdf, index + streamAt + 8, dictionary),
    });
  }
  return objects;
}

function streamOf(pdf: Buffer, at: number, dictionary: string): string {
  const bytes = pdf.subarray(at, at + Number(/\/Length (\d+)/.exec(dictionary)![1]));
  return (dictionary.includes('/FlateDecode') ? inflateSync(bytes) : bytes).toString('latin1');
}

function readPage({ dictionary }: PdfObject, objects: ReadonlyMap<number, PdfObject>): PdfPage {
  const follow = (key: string, text: string) => objects.get(Number(new RegExp(`/${key} (\\d+) 0 R`).exec(text)![1]))!;
  const [width, height] = /MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(dictionary)!.slice(1).map(Number);
  const { dictionary: resources } = follow('Resources', dictionary);
  const letters = new Map(
    [...resources.matchAll(/\/(F\d+) \d+ 0 R/g)].map(([, font]) => [
      font,
      lettersOf(follow('ToUnicode', follow(font, resources).dictionary).stream),
    ]),
  );
  const { stream } = follow('Contents', dictionary);
  const rectangles = [...stream.matchAll(/^([-\d.]+) ([-\d.]+) ([-\d.]+) ([-\d.]+) re$/gm)];
  return {
    width,
    height,
    lines: linesOf(stream, letters),
    rectangles: rectangles.map((rectangle) => rectangle.slice(1).map(Number)),
  };
}

function lettersOf(unicodeTable: string): string[] {
  return [...unicodeTable.matchAll(/\[((?:<[0-9a-f]*>\s*)+)\]/g)].flatMap(([, codes]) =>
    [...codes.matchAll(/<([0-9a-f]*)>/g)].map(([, code]) => Buffer.from(code, 'hex').swap16().toString('utf16le')),
  );
}

function linesOf(stream: string, letters: ReadonlyMap<string, string[]>): PdfLine[] {
  const texts = stream.matchAll(
    /1 0 0 1 ([-\d.]+) ([-\d.]+) Tm\n(?:[^\n]*\n)*?\/(F\d+) ([\d.]+) Tf\n(?:[^\n]*\n)*?\[(.*)\] TJ/g,
  );
  return [...texts].map(([, x, y, font, size, pieces]) => ({
    text: [...pieces.matchAll(/<([0-9a-f]*)>|([-\d.]+)/g)]
      .map(([, glyphs, gap]) => (glyphs === undefined ? wordGap(gap) : decode(glyphs, letters.get(font)!)))
      .join('')
      .trim(),
    x: Number(x),
    y: Number(y),
    size: Number(size),
  }));
}

const wordGap = (thousandths: string): string => (Math.abs(Number(thousandths)) > WORD_GAP ? ' ' : '');

function decode(glyphs: string, letters: readonly string[]): string {
  return glyphs.replace(/.{4}/g, (glyph) => letters[parseInt(glyph, 16)] ?? '\ufffd');
}
