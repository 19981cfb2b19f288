import { formatsOf } from '../../../i18n/formats.js';
import type { FiguresMessages } from './en.js';

const { plural } = formatsOf('it');

export const figures: FiguresMessages = {
  title: 'Cifre',
  lead: 'Numeri di autorizzazione per giorno UTC. Nessuno può vedere se un dato numero è stato usato.',
  span: 'Periodo',
  days: (n) => plural(n, { one: 'Ultimo giorno', other: 'Ultimi # giorni' }),
  authority: 'Autorità',
  allAuthorities: 'Tutte le autorità insieme',
  measures: {
    minted: { title: 'Emessi', text: 'Numeri che sono stati consegnati' },
    redeemed: { title: 'Utilizzati', text: 'Numeri con cui qualcuno ha inviato' },
    expired: { title: 'Scaduti', text: 'Numeri che nessuno ha usato in tempo' },
    revocations: { title: 'Revoche', text: 'Richieste, che il numero fosse ancora valido o no' },
  },
  most: (value) => `al massimo ${value} al giorno`,
  busiest: (value, day) => `il massimo il ${day}: ${value}`,
  nothing: 'Niente in questo periodo.',
  table: 'Giorno per giorno',
  day: 'Giorno',
  csv: 'Salva come CSV',
  json: 'Salva come JSON',
  smallNumbers: {
    title: 'Perché queste cifre arrivano tardi e a gradini',
    text: (cohort) =>
      `I numeri utilizzati e scaduti sono indicati solo in gruppi di ${cohort}, il giorno in cui un gruppo è completo. Così nessuna variazione rivela che cosa è stato del numero di una persona. Un gruppo incompleto non viene mostrato.`,
  },
};
