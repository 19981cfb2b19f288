import { formatsOf } from '../../../i18n/formats.js';
import type { AuditMessages } from './en.js';

const { plural } = formatsOf('es');

export const audit: AuditMessages = {
  title: 'Registro de auditoría',
  lead: 'Quién hizo qué, cuándo y en qué función. Nadie puede cambiarlo y no contiene ningún número de autorización.',
  from: 'Desde',
  until: 'Hasta',
  action: 'Qué',
  any: 'Todo',
  clear: 'Quitar el filtro',
  when: 'Cuándo',
  who: 'Quién',
  details: 'Detalles',
  only: 'Solo este',
  all: 'Todos',
  onlyActor: (id) => `Solo ${id}`,
  kinds: { member: 'Miembro', key: 'Clave de API', 'command-line': 'Línea de órdenes', server: 'Servidor' },
  empty: 'Nada coincide con el filtro',
  emptyText: 'Elija otro tiempo o quite el filtro.',
  actions: {
    'api-key.create': 'Creó una clave de API',
    'api-key.quota': 'Cambió el cupo de una clave de API',
    'api-key.revoke': 'Revocó una clave de API',
    'authority.change': 'Cambió una autoridad',
    'authority.create': 'Creó una autoridad',
    'member.accept': 'Usó un enlace de un solo uso',
    'member.change': 'Cambió a un miembro',
    'member.invite': 'Invitó a un miembro',
    'member.password': 'Cambió su contraseña',
    'member.recovery-codes': 'Creó códigos de recuperación',
    'member.reset': 'Restableció el acceso de un miembro',
    'member.totp': 'Configuró un autenticador',
    'member.totp-remove': 'Quitó su autenticador',
    'number.mint': 'Emitió números',
    'number.revoke': 'Revocó un número',
    'order.revoke': 'Revocó un pedido',
    'session.close': 'Cerró la sesión',
    'session.close-all': 'Cerró todas sus sesiones',
    'session.open': 'Inició sesión',
  },
  verify: {
    title: '¿Está intacto el registro?',
    text: 'Este navegador lee todas las entradas, vuelve a calcular la cadena y compara su final con lo que el servidor ha firmado.',
    action: 'Verificar el registro',
    working: (n) => plural(n, { one: '# entrada leída', many: '# de entradas leídas', other: '# entradas leídas' }),
    intact: (n) =>
      plural(n, { one: 'Intacto: # entrada', many: 'Intacto: # de entradas', other: 'Intacto: # entradas' }),
    intactText: 'Cada entrada enlaza con la anterior y el final lo ha firmado este servidor.',
    broken: 'El registro ha sido cambiado',
    brokenText:
      'La cadena no lleva al final firmado. Avise a quien opera este servidor y guarde una copia de la base de datos.',
    head: 'Guardar el final firmado',
    headText: 'Guardado en otro lugar, demuestra más tarde que hasta hoy no se cambió nada.',
  },
};
