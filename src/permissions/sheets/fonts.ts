import { createRequire } from 'node:module';

/** Source Sans 3 (SIL Open Font License): Latin, Greek and Cyrillic letters, figures of one width. Embedded, the used letters of it. */
export const REGULAR = 'regular';
export const BOLD = 'bold';

const PACKAGE = '@expo-google-fonts/source-sans-3';

const FILES = {
  [REGULAR]: `${PACKAGE}/400Regular/SourceSans3_400Regular.ttf`,
  [BOLD]: `${PACKAGE}/600SemiBold/SourceSans3_600SemiBold.ttf`,
};

/** Makes the fonts known to a document under their names. */
export function registerFonts(doc: PDFKit.PDFDocument): void {
  const { resolve } = createRequire(import.meta.url);
  for (const [name, file] of Object.entries(FILES)) doc.registerFont(name, resolve(file));
}
