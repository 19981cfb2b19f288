import type { SheetLanguage } from './sheet-language.js';

export const de: SheetLanguage = {
  locale: 'de',
  title: 'Ihre Freigabenummer',
  validUntil: (moment) => `Gültig bis ${moment}`,
  scanWithCamera: 'Scannen Sie den Code mit der Kamera Ihres Telefons oder geben Sie die Nummer in der App ein.',
  scanInApp: 'Öffnen Sie die App. Scannen Sie dort den Code oder geben Sie die Nummer ein.',
  whatHappens: 'Die App warnt dann die Menschen, denen Sie nahe waren. Wer Sie sind, erfahren sie nicht.',
  once: 'Die Nummer gilt nur einmal. Geben Sie sie an niemanden weiter.',
};
