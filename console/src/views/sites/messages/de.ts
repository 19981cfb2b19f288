import type { SitesMessages } from './en.js';

export const sites: SitesMessages = {
  title: 'Meldestellen',
  lead: 'Kliniken und Testzentren, aus deren Netz man ohne Nummer melden darf.',
  add: 'Meldestelle eintragen',
  authority: 'Behörde',
  name: 'Name',
  ranges: 'Adressbereiche',
  rangesHint:
    'Wie das Internet die Stelle sieht, einer je Zeile: 192.0.2.0/24, 2001:db8::/48 oder eine einzelne Adresse.',
  change: 'Ändern',
  changeLabel: (name) => `${name} ändern`,
  remove: 'Entfernen',
  removeLabel: (name) => `${name} entfernen`,
  removeText: 'Danach kann niemand mehr von ihren Adressen aus ohne Nummer melden.',
  since: (day) => `seit ${day}`,
  overlap: (range, other, name) => `${range} überschneidet sich mit ${other} von ${name}.`,
  foreign: 'einer anderen Behörde',
  empty: 'Noch keine Meldestelle',
  emptyText:
    'Tragen Sie die öffentlichen Adressen einer Klinik oder eines Testzentrums ein; die Netzbetreuer dort kennen sie.',
  policy: {
    title: 'Dieser Server nimmt keine Meldungen nach Ort an',
    text: 'Meldestellen zählen nur, wo die Upload-Regel „location“ gilt. Hier gilt eine andere; Einträge bleiben erhalten und bewirken einstweilen nichts.',
  },
};
