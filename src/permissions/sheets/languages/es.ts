import type { SheetLanguage } from './sheet-language.js';

export const es: SheetLanguage = {
  locale: 'es',
  title: 'Su número de autorización',
  validUntil: (moment) => `Válido hasta el ${moment}`,
  scanWithCamera: 'Escanee el código con la cámara de su teléfono o escriba el número en la aplicación.',
  scanInApp: 'Abra la aplicación. Escanee allí el código o escriba el número.',
  whatHappens: 'La aplicación avisará a las personas que estuvieron cerca de usted, sin decirles quién es.',
  once: 'El número solo sirve una vez. No se lo dé a nadie.',
};
