import { formatsOf } from '../../../i18n/formats.js';
import type { OrdersMessages } from './en.js';

const { plural } = formatsOf('de');

export const orders: OrdersMessages = {
  title: 'Aufträge',
  lead: 'Was ausgegeben wurde, ohne die Nummern: niemand kann sie noch einmal sehen, und auch nicht, ob eine benutzt wurde.',
  numbers: (n) => plural(n, { one: '# Nummer', other: '# Nummern' }),
  count: 'Nummern',
  created: 'Ausgegeben',
  expires: 'Gültig bis',
  by: 'Von',
  you: 'Ihnen',
  key: 'API-Schlüssel',
  system: 'Kommandozeile',
  gone: 'Früheres Mitglied',
  expired: 'Abgelaufen',
  revoke: 'Widerrufen',
  revokeLabel: (what, day) => `${what} vom ${day} widerrufen`,
  revokeTitle: (what) => `${what} widerrufen?`,
  revokeText: 'Was noch nicht benutzt ist, kann dann niemand mehr benutzen.',
  revoked: 'Widerrufen. Was bis jetzt nicht benutzt wurde, gilt nicht mehr.',
  empty: 'Noch keine Aufträge',
  emptyText: 'Sie erscheinen hier, sobald jemand Nummern ausgibt, bis diese abgelaufen sind.',
  one: {
    title: 'Eine Nummer widerrufen',
    text: 'Für eine Nummer, die bei der falschen Person gelandet ist. Die Antwort ist dieselbe, ob sie gültig war oder nicht.',
    label: 'Freigabenummer',
    fault: 'Das ist keine Freigabenummer: eine Ziffer ist falsch oder fehlt.',
    done: 'Falls diese Nummer gültig war, kann sie niemand mehr benutzen.',
  },
};
