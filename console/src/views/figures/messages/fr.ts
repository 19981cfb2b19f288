import { formatsOf } from '../../../i18n/formats.js';
import type { FiguresMessages } from './en.js';

const { plural } = formatsOf('fr');

export const figures: FiguresMessages = {
  title: 'Chiffres',
  lead: 'Numéros d’autorisation par jour UTC. Personne ne peut voir si un numéro donné a été utilisé.',
  span: 'Période',
  days: (n) => plural(n, { one: 'Dernier jour', other: '# derniers jours' }),
  authority: 'Autorité',
  allAuthorities: 'Toutes les autorités ensemble',
  measures: {
    minted: { title: 'Émis', text: 'Numéros qui ont été remis' },
    redeemed: { title: 'Utilisés', text: 'Numéros avec lesquels quelqu’un a fait un envoi' },
    expired: { title: 'Expirés', text: 'Numéros que personne n’a utilisés à temps' },
    revocations: { title: 'Révocations', text: 'Demandées, que le numéro fût encore valable ou non' },
  },
  most: (value) => `au plus ${value} par jour`,
  busiest: (value, day) => `le plus élevé le ${day} : ${value}`,
  nothing: 'Rien dans cette période.',
  table: 'Jour par jour',
  day: 'Jour',
  csv: 'Enregistrer en CSV',
  json: 'Enregistrer en JSON',
  smallNumbers: {
    title: 'Pourquoi ces chiffres arrivent tard et par paliers',
    text: (cohort) =>
      `Les numéros utilisés et expirés ne sont annoncés que par groupes de ${cohort}, le jour où un groupe est complet. Ainsi, aucun changement de chiffre ne révèle ce qu’est devenu le numéro d’une personne. Un groupe incomplet n’est pas montré.`,
  },
};
