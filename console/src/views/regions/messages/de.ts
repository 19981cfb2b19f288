import { formatsOf } from '../../../i18n/formats.js';
import type { RegionsMessages } from './en.js';

const { plural } = formatsOf('de');

export const regions: RegionsMessages = {
  title: 'Regionen',
  lead: 'Wie der Server die Welt nach Last geteilt hat, und was ein Telefon in jeder Region herunterlädt.',
  span: 'Zeitraum',
  days: (n) => plural(n, { one: 'Heute', other: 'Letzte # Tage' }),
  map: (n) => plural(n, { one: 'Karte mit # Region', other: 'Karte mit # Regionen' }),
  tip: (label, cens, bytes) => `${label}: ${cens} CENs; ein Telefon lädt ${bytes} am Tag`,
  little: 'Wenige CENs',
  much: 'Viele CENs',
  wholeEarth: 'Ganze Erde zeigen',
  regionsOnly: 'Regionen zeigen',
  world: 'Welt',
  worldText: 'jedes Telefon lädt sie',
  resolutions: ['Welt', '2.400 km breit', '880 km breit', '330 km breit', '120 km breit'],
  summary: {
    regions: 'Regionen',
    depth: (finest, usual) => `Feinste: ${finest}. Die Hälfte: ${usual} oder feiner.`,
    world: 'Ungeteilt, ein Telefon am Tag',
    worldText: 'Was jedes Telefon höchstens lüde, wenn nichts geteilt wäre.',
    slots: 'Zeitfenster',
    floor: (slots, moved) =>
      `In ${slots} davon kamen Meldungen in eine größere Region, weil sie zu wenige waren: ${moved}-mal.`,
  },
  table: 'Nach Region',
  region: 'Region',
  cens: 'CENs',
  perDay: 'Ein Telefon am Tag',
  perMonth: 'Ein Telefon im Monat',
  omitted: (n) => `${n} weitere Regionen mit weniger CENs sind nicht aufgeführt.`,
  empty: 'In diesen Tagen wurde nichts veröffentlicht',
  emptyText:
    'Eine Region erscheint, wenn ihr erstes Paket versiegelt ist. Ein kleines System veröffentlicht ein Paket für die ganze Welt.',
  preview: {
    title: 'Andere Einstellungen probieren',
    text: 'Rechnet aus, was sie aus diesen Tagen gemacht hätten. Es ändert nichts: Einstellungen stehen in der Umgebung des Servers.',
    splitAbove: 'Teilen ab, CENs',
    minReports: 'Meldungen mindestens',
    finest: 'Feinste Region',
    action: 'Ausrechnen',
    now: 'Jetzt',
    then: 'Mit diesen',
    regions: 'Regionen',
    deepest: 'Feinste Region',
    median: 'Mittleres Telefon am Tag',
    undivided: 'Ungeteilt, ein Telefon am Tag',
    estimated:
      'Geschätzt: Über Meldungen, über feinere Orte als die veröffentlichten und über Füll-CENs bewahrt der Server nichts auf, was zu zählen wäre.',
    untold: (n) =>
      plural(n, {
        one: 'In # Zeitfenster könnte eine Region weiter geteilt werden, doch nichts Veröffentlichtes sagt, woher ihre CENs kamen: Sie ist als ungeteilt gerechnet.',
        other:
          'In # Zeitfenstern könnte eine Region weiter geteilt werden, doch nichts Veröffentlichtes sagt, woher ihre CENs kamen: Sie ist als ungeteilt gerechnet.',
      }),
    exact: 'Zusammengesetzt aus dem, was veröffentlicht wurde.',
  },
};
