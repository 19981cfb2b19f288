import { formatsOf } from '../../../i18n/formats.js';
import type { RegionsMessages } from './en.js';

const { plural } = formatsOf('it');

export const regions: RegionsMessages = {
  title: 'Regioni',
  lead: 'Come il server ha diviso il mondo in base al carico, e che cosa vi scarica un telefono.',
  span: 'Periodo',
  days: (n) => plural(n, { one: 'Oggi', other: 'Ultimi # giorni' }),
  map: (n) => plural(n, { one: 'Mappa con # regione', other: 'Mappa con # regioni' }),
  tip: (label, cens, bytes) => `${label}: ${cens} CEN; un telefono scarica ${bytes} al giorno`,
  little: 'Pochi CEN',
  much: 'Molti CEN',
  wholeEarth: 'Mostra tutta la Terra',
  regionsOnly: 'Mostra le regioni',
  world: 'Mondo',
  worldText: 'lo scarica ogni telefono',
  resolutions: ['Mondo', 'larga 2.400 km', 'larga 880 km', 'larga 330 km', 'larga 120 km'],
  summary: {
    regions: 'Regioni',
    depth: (finest, usual) => `La più fine: ${finest}. La metà: ${usual} o più fini.`,
    world: 'Senza divisione, un telefono al giorno',
    worldText: 'Quanto scaricherebbe al massimo ogni telefono se nulla fosse diviso.',
    slots: 'Intervalli',
    floor: (slots, moved) =>
      `In ${slots} di essi alcuni invii, perché pochi, sono passati a una regione più grande: ${moved} volte.`,
  },
  table: 'Per regione',
  region: 'Regione',
  cens: 'CEN',
  perDay: 'Un telefono al giorno',
  perMonth: 'Un telefono al mese',
  omitted: (n) => `Altre ${n} regioni, con meno CEN, non sono elencate.`,
  empty: 'In questi giorni non è stato pubblicato nulla',
  emptyText:
    'Una regione appare quando il suo primo lotto è sigillato. Un sistema piccolo pubblica un solo lotto per tutto il mondo.',
  preview: {
    title: 'Provare altre impostazioni',
    text: 'Calcola che cosa avrebbero fatto di questi giorni. Non cambia nulla: le impostazioni sono nell’ambiente del server.',
    splitAbove: 'Dividere oltre, CEN',
    minReports: 'Invii almeno',
    finest: 'Regione più fine',
    action: 'Calcola',
    now: 'Ora',
    then: 'Con queste',
    regions: 'Regioni',
    deepest: 'Regione più fine',
    median: 'Telefono mediano al giorno',
    undivided: 'Senza divisione, un telefono al giorno',
    estimated:
      'Una stima: di invii, di luoghi più fini di quelli pubblicati e di CEN fittizi il server non conserva nulla da contare.',
    untold: (n) =>
      plural(n, {
        one: 'In # intervallo una regione potrebbe essere divisa ancora, ma nulla di pubblicato dice da dove venivano i suoi CEN: è contata intera.',
        other:
          'In # intervalli una regione potrebbe essere divisa ancora, ma nulla di pubblicato dice da dove venivano i suoi CEN: è contata intera.',
      }),
    exact: 'Ricomposto da quanto è stato pubblicato.',
  },
};
