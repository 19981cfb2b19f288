import type { SheetLanguage } from './sheet-language.js';

export const it: SheetLanguage = {
  locale: 'it',
  title: 'Il suo numero di autorizzazione',
  validUntil: (moment) => `Scadenza: ${moment}`,
  scanWithCamera: 'Inquadri il codice con la fotocamera del telefono oppure inserisca il numero nell’app.',
  scanInApp: 'Apra l’app. Inquadri lì il codice oppure inserisca il numero.',
  whatHappens: 'L’app avviserà le persone che le sono state vicine, senza dire loro chi è lei.',
  once: 'Il numero vale una sola volta. Non lo dia a nessuno.',
};
