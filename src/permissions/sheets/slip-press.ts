import { formatNumber, type PermissionNumber } from '../number-format.js';
import { BOLD, REGULAR } from './fonts.js';
import type { Box } from './layout.js';
import { qrCode } from './qr-code.js';

/** What is the same on every slip of an order. */
export interface SlipText {
  /** Who gives it out; undefined: nobody by name. */
  readonly issuer: string | undefined;
  readonly title: string;
  readonly validity: string;
  readonly steps: readonly string[];
}

/** What is on one slip alone. */
export interface Slip {
  readonly number: PermissionNumber;
  /** What the QR code holds. */
  readonly code: string;
}

const QR_SIDE = 118;
/** Between text and code; wider than the four modules that a QR code needs around it. */
const GUTTER = 28;
const LARGEST_NUMBER = 46;
/** Between the groups of a number, as a part of its size. */
const GROUP_GAP = 0.34;
const STEP_SIZES = [9.5, 9, 8.5, 8, 7.5, 7];
const STEP_INDENT = 13;
const STEP_GAP = 2;
const BLACK = '#000000';
const GREY = '#555555';

/** Where things begin below the upper edge of a slip. */
const ISSUER_TOP = 14;
const TITLE_TOP = 28;
const NUMBER_MIDDLE = 71;
const VALIDITY_TOP = 100;
const STEPS_TOP = 122;
const STEPS_BOTTOM = 10;

/**
 * Draws the slips of an order. Every piece has a place of its own: nothing flows, so nothing ever moves to another page. What is the
 * same on each is measured once: a thousand slips are printed while others wait.
 */
export class SlipPress {
  readonly #numberSize: number;
  readonly #stepSize: number;
  /** From the first step's upper edge. */
  readonly #stepTops: readonly number[];

  /** @param model any number of the order: all are of one length, and all digits of one width */
  constructor(
    private readonly doc: PDFKit.PDFDocument,
    private readonly text: SlipText,
    size: Pick<Box, 'width' | 'height'>,
    model: PermissionNumber,
  ) {
    const width = textWidth(size);
    this.#numberSize = LARGEST_NUMBER * Math.min(1, width / this.#numberWidth(model, LARGEST_NUMBER));
    const room = size.height - STEPS_TOP - STEPS_BOTTOM;
    const fits = (stepSize: number) => this.#tops(width, stepSize)[text.steps.length] - STEP_GAP <= room;
    this.#stepSize = STEP_SIZES.find(fits) ?? STEP_SIZES[STEP_SIZES.length - 1];
    this.#stepTops = this.#tops(width, this.#stepSize);
  }

  draw(box: Box, { number, code }: Slip): void {
    const { doc, text } = this;
    const column = { ...box, width: textWidth(box) };
    doc.font(REGULAR).fontSize(9.5).fillColor(GREY);
    if (text.issuer !== undefined) this.#drawLine(column, text.issuer, ISSUER_TOP);
    doc.font(BOLD).fontSize(13).fillColor(BLACK);
    this.#drawLine(column, text.title, TITLE_TOP);
    doc.fontSize(11);
    this.#drawLine(column, text.validity, VALIDITY_TOP);
    this.#drawNumber(column, number);
    this.#drawSteps(column);
    const y = box.y + (box.height - QR_SIDE) / 2;
    this.#drawCode({ x: box.x + box.width - QR_SIDE, y }, code);
  }

  /** What is longer than the line ends in an ellipsis. */
  #drawLine({ x, y, width }: Box, text: string, top: number): void {
    this.doc.text(text, x, y + top, { width, height: this.doc.currentLineHeight(), ellipsis: true });
  }

  #drawNumber({ x, y }: Box, number: PermissionNumber): void {
    const { doc } = this;
    doc.font(BOLD).fontSize(this.#numberSize);
    const wordSpacing = this.#numberSize * GROUP_GAP - doc.widthOfString(' ');
    doc.text(groupsOf(number).join(' '), x, y + NUMBER_MIDDLE, { lineBreak: false, wordSpacing, baseline: 'middle' });
  }

  #drawSteps({ x, y, width }: Box): void {
    const { doc, text } = this;
    doc.font(REGULAR).fontSize(this.#stepSize);
    for (const [index, step] of text.steps.entries()) {
      const top = y + STEPS_TOP + this.#stepTops[index];
      doc.text(`${index + 1}.`, x, top, { lineBreak: false });
      doc.text(step, x + STEP_INDENT, top, { width: width - STEP_INDENT });
    }
  }

  /** As vectors, sharp on any printer. */
  #drawCode({ x, y }: Pick<Box, 'x' | 'y'>, text: string): void {
    const { size, dark } = qrCode(text);
    const module = QR_SIDE / size;
    for (const { column, row, length } of dark)
      this.doc.rect(x + column * module, y + row * module, length * module, module);
    this.doc.fill(BLACK);
  }

  #numberWidth(number: PermissionNumber, size: number): number {
    this.doc.font(BOLD).fontSize(size);
    const groups = groupsOf(number);
    const digits = groups.reduce((width, group) => width + this.doc.widthOfString(group), 0);
    return digits + (groups.length - 1) * size * GROUP_GAP;
  }

  /** Where each step begins, and, last, where another one would. */
  #tops(width: number, size: number): number[] {
    this.doc.font(REGULAR).fontSize(size);
    const tops = [0];
    for (const step of this.text.steps)
      tops.push(tops[tops.length - 1] + this.doc.heightOfString(step, { width: width - STEP_INDENT }) + STEP_GAP);
    return tops;
  }
}

function textWidth({ width }: Pick<Box, 'width'>): number {
  return width - QR_SIDE - GUTTER;
}

function groupsOf(number: PermissionNumber): string[] {
  return formatNumber(number).split('-');
}
