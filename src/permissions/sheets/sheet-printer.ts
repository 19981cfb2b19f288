import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { type Config, InjectConfig } from '../../platform/config/index.js';
import { type Authority, DEFAULT_AUTHORITY } from '../../staff/index.js';
import type { PermissionNumber } from '../number-format.js';
import { appLinkOf } from './app-link.js';
import { registerFonts, REGULAR } from './fonts.js';
import { SHEET_LANGUAGES, type SheetLanguage } from './languages/index.js';
import { cutsOf, NOTE, PAGE, SLIP, slipBox, SLIPS_PER_PAGE } from './layout.js';
import { SlipPress, type SlipText } from './slip-press.js';

/** What is printed: an order's numbers, at least one. */
export interface PrintedOrder {
  /** UUID. */
  readonly order: string;
  readonly numbers: readonly PermissionNumber[];
  /** Unix seconds. */
  readonly expiresAt: number;
}

/** Whose sheets they are. */
export type SheetAuthority = Pick<Authority, 'name' | 'language' | 'appLink'>;

/** Prints numbers as a PDF to be cut into slips, in the authority's language. */
@Injectable()
export class SheetPrinter {
  constructor(@InjectConfig() private readonly config: Pick<Config, 'sheetTimeZone'>) {}

  /** Lets other requests through after each page: a thousand numbers are 250 of them. */
  async print({ order, numbers, expiresAt }: PrintedOrder, authority: SheetAuthority): Promise<Buffer> {
    const language = SHEET_LANGUAGES[authority.language];
    const doc = await newDocument(language);
    const written = bytesOf(doc);
    registerFonts(doc);
    const press = new SlipPress(doc, this.#textOf(expiresAt, authority, language), SLIP, numbers[0]);
    const pages = Math.ceil(numbers.length / SLIPS_PER_PAGE);
    for (let page = 0; page < pages; page++) {
      const onPage = numbers.slice(page * SLIPS_PER_PAGE, (page + 1) * SLIPS_PER_PAGE);
      addPage(doc, onPage.length, `${order}  ·  ${page + 1}/${pages}`);
      for (const [place, number] of onPage.entries())
        press.draw(slipBox(place), { number, code: appLinkOf(authority.appLink, number) });
      await setImmediate();
    }
    doc.end();
    return written;
  }

  #textOf(expiresAt: number, { name, appLink }: SheetAuthority, language: SheetLanguage): SlipText {
    const scan = appLink === null ? language.scanInApp : language.scanWithCamera;
    return {
      issuer: name === DEFAULT_AUTHORITY ? undefined : name,
      title: language.title,
      validity: language.validUntil(this.#moment(expiresAt, language.locale)),
      steps: [scan, language.whatHappens, language.once],
    };
  }

  #moment(unixSeconds: number, locale: string): string {
    return new Intl.DateTimeFormat(locale, {
      day: 'numeric',
      month: 'long',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      timeZoneName: 'short',
      timeZone: this.config.sheetTimeZone,
    }).format(unixSeconds * 1000);
  }
}

/** Loads what makes PDFs when somebody prints: it is a tenth of the server's code, and most processes never do. */
async function newDocument({ locale, title }: SheetLanguage): Promise<PDFKit.PDFDocument> {
  const { default: PDFDocument } = await import('pdfkit');
  return new PDFDocument({
    size: [PAGE.width, PAGE.height],
    margin: 0,
    autoFirstPage: false,
    lang: locale,
    displayTitle: true,
    info: { Title: title },
  });
}

async function bytesOf(doc: PDFKit.PDFDocument): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of doc) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

/** @param note for whoever cuts: which order it was, if it must be revoked */
function addPage(doc: PDFKit.PDFDocument, slips: number, note: string): void {
  doc.addPage();
  doc.font(REGULAR).fontSize(7).fillColor('#777777');
  doc.text(note, NOTE.x, NOTE.y, { width: NOTE.width, align: 'right', lineBreak: false });
  doc.lineWidth(0.5).dash(3, { space: 3 }).strokeColor('#999999');
  for (const y of cutsOf(slips)) doc.moveTo(0, y).lineTo(PAGE.width, y).stroke();
  doc.undash();
}
