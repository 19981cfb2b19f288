import { formatsOf } from '../../../i18n/formats.js';
import type { OrdersMessages } from './en.js';

const { plural } = formatsOf('es');

export const orders: OrdersMessages = {
  title: 'Pedidos',
  lead: 'Lo que se ha emitido, sin los números: nadie puede volver a verlos, ni saber si alguno se usó.',
  numbers: (n) => plural(n, { one: '# número', many: '# de números', other: '# números' }),
  count: 'Números',
  created: 'Emitido',
  expires: 'Válido hasta',
  by: 'Por',
  you: 'Usted',
  key: 'Clave de API',
  system: 'Línea de órdenes',
  gone: 'Antiguo miembro',
  expired: 'Caducado',
  revoke: 'Revocar',
  revokeLabel: (what, day) => `Revocar ${what} del ${day}`,
  revokeTitle: (what) => `¿Revocar ${what}?`,
  revokeText: 'Los que aún no se hayan usado ya no podrá usarlos nadie.',
  revoked: 'Revocado. Lo que no se ha usado hasta ahora ya no vale.',
  empty: 'Aún no hay pedidos',
  emptyText: 'Aparecen aquí en cuanto alguien emite números, hasta que caducan.',
  one: {
    title: 'Revocar un número',
    text: 'Para un número que llegó a la persona equivocada. La respuesta es la misma, fuera válido o no.',
    label: 'Número de autorización',
    fault: 'No es un número de autorización: hay una cifra mal o falta alguna.',
    done: 'Si este número era válido, ya nadie puede usarlo.',
  },
};
