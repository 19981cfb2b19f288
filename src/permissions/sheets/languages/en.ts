import type { SheetLanguage } from './sheet-language.js';

export const en: SheetLanguage = {
  locale: 'en-GB',
  title: 'Your permission number',
  validUntil: (moment) => `Valid until ${moment}`,
  scanWithCamera: 'Scan the code with your phone’s camera, or type the number into the app.',
  scanInApp: 'Open the app. Scan the code there, or type the number in.',
  whatHappens: 'The app then warns the people you were close to, without telling them who you are.',
  once: 'The number works once. Do not give it to anyone else.',
};
