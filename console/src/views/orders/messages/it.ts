import { formatsOf } from '../../../i18n/formats.js';
import type { OrdersMessages } from './en.js';

const { plural } = formatsOf('it');

export const orders: OrdersMessages = {
  title: 'Ordini',
  lead: 'Ciò che è stato emesso, senza i numeri: nessuno può rivederli, né sapere se uno è stato usato.',
  numbers: (n) => plural(n, { one: '# numero', many: '# di numeri', other: '# numeri' }),
  count: 'Numeri',
  created: 'Emesso',
  expires: 'Valido fino a',
  by: 'Da',
  you: 'Lei',
  key: 'Chiave API',
  system: 'Riga di comando',
  gone: 'Ex membro',
  expired: 'Scaduto',
  revoke: 'Revoca',
  revokeLabel: (what, day) => `Revoca ${what} del ${day}`,
  revokeTitle: (what) => `Revocare ${what}?`,
  revokeText: 'Quelli non ancora usati non potranno più essere usati da nessuno.',
  revoked: 'Revocato. Ciò che finora non è stato usato non vale più.',
  empty: 'Ancora nessun ordine',
  emptyText: 'Compaiono qui appena qualcuno emette numeri, finché non scadono.',
  one: {
    title: 'Revocare un numero',
    text: 'Per un numero finito alla persona sbagliata. La risposta è la stessa, che fosse valido o no.',
    label: 'Numero di autorizzazione',
    fault: 'Non è un numero di autorizzazione: una cifra è sbagliata o manca.',
    done: 'Se questo numero era valido, nessuno può più usarlo.',
  },
};
