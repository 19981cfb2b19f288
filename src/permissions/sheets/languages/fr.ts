import type { SheetLanguage } from './sheet-language.js';

export const fr: SheetLanguage = {
  locale: 'fr',
  title: 'Votre numéro d’autorisation',
  validUntil: (moment) => `Valable jusqu’au ${moment}`,
  scanWithCamera: 'Scannez le code avec l’appareil photo de votre téléphone ou saisissez le numéro dans l’application.',
  scanInApp: 'Ouvrez l’application. Scannez-y le code ou saisissez le numéro.',
  whatHappens: 'L’application avertira les personnes que vous avez côtoyées, sans leur dire qui vous êtes.',
  once: 'Le numéro ne sert qu’une fois. Ne le donnez à personne.',
};
