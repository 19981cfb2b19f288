import { formatsOf } from '../../../i18n/formats.js';
import type { OrdersMessages } from './en.js';

const { plural } = formatsOf('fr');

export const orders: OrdersMessages = {
  title: 'Commandes',
  lead: 'Ce qui a été émis, sans les numéros : personne ne peut les revoir, ni savoir si l’un a servi.',
  numbers: (n) => plural(n, { one: '# numéro', many: '# de numéros', other: '# numéros' }),
  count: 'Numéros',
  created: 'Émis',
  expires: 'Valable jusqu’à',
  by: 'Par',
  you: 'Vous',
  key: 'Clé d’API',
  system: 'Ligne de commande',
  gone: 'Ancien membre',
  expired: 'Expiré',
  revoke: 'Révoquer',
  revokeLabel: (what, day) => `Révoquer ${what} du ${day}`,
  revokeTitle: (what) => `Révoquer ${what} ?`,
  revokeText: 'Ceux qui n’ont pas encore servi ne pourront plus servir à personne.',
  revoked: 'Révoqué. Ce qui n’a pas servi jusqu’ici ne vaut plus.',
  empty: 'Pas encore de commandes',
  emptyText: 'Elles apparaissent ici dès que quelqu’un émet des numéros, jusqu’à leur expiration.',
  one: {
    title: 'Révoquer un numéro',
    text: 'Pour un numéro arrivé à la mauvaise personne. La réponse est la même, qu’il ait été valable ou non.',
    label: 'Numéro d’autorisation',
    fault: 'Ce n’est pas un numéro d’autorisation : un chiffre est faux ou manque.',
    done: 'Si ce numéro était valable, plus personne ne peut l’utiliser.',
  },
};
