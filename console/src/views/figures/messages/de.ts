import { formatsOf } from '../../../i18n/formats.js';
import type { FiguresMessages } from './en.js';

const { plural } = formatsOf('de');

export const figures: FiguresMessages = {
  title: 'Zahlen',
  lead: 'Freigabenummern nach UTC-Tag. Niemand kann sehen, ob eine bestimmte Nummer verwendet wurde.',
  span: 'Zeitraum',
  days: (n) => plural(n, { one: 'Letzter Tag', other: 'Letzte # Tage' }),
  authority: 'Behörde',
  allAuthorities: 'Alle Behörden zusammen',
  measures: {
    minted: { title: 'Ausgegeben', text: 'Nummern, die vergeben wurden' },
    redeemed: { title: 'Eingelöst', text: 'Nummern, mit denen jemand gemeldet hat' },
    expired: { title: 'Abgelaufen', text: 'Nummern, die niemand rechtzeitig verwendet hat' },
    revocations: { title: 'Widerrufe', text: 'Verlangt, gleich ob die Nummer noch gültig war' },
  },
  most: (value) => `höchstens ${value} am Tag`,
  busiest: (value, day) => `am meisten am ${day}: ${value}`,
  nothing: 'Nichts in diesem Zeitraum.',
  table: 'Tag für Tag',
  day: 'Tag',
  csv: 'Als CSV sichern',
  json: 'Als JSON sichern',
  smallNumbers: {
    title: 'Warum diese Zahlen spät und in Stufen kommen',
    text: (cohort) =>
      `Eingelöste und abgelaufene Nummern werden nur in Gruppen von ${cohort} genannt, an dem Tag, an dem eine Gruppe voll ist. So verrät keine Änderung einer Zahl, was aus der Nummer einer einzelnen Person wurde. Eine Gruppe, die noch nicht voll ist, wird nicht gezeigt.`,
  },
};
