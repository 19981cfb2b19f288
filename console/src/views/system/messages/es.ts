import { formatsOf } from '../../../i18n/formats.js';
import type { SystemMessages } from './en.js';

const { plural } = formatsOf('es');

export const system: SystemMessages = {
  title: 'Sistema',
  asOf: (time, version) => `A las ${time} · versión ${version}`,
  refresh: 'Actualizar',
  alerts: {
    title: 'Lo que necesita a alguien',
    none: 'Nada necesita a nadie.',
    todo: 'Qué hacer:',
    since: (ago) => `Desde: ${ago}`,
    explained: 'explicado en',
    byCode: {
      'key-ring': {
        meaning: 'El archivo del llavero falta, no se puede leer, está dañado o le falta una clave.',
        advice: 'Corrija el archivo o restáurelo; si falta una clave, rote.',
      },
      'sealing-failed': {
        meaning: 'El último sellado falló y se vuelve a intentar.',
        advice:
          'Lea la línea del registro «sealing failed»: lo más frecuente es que no se alcance la base de datos o que su disco esté lleno.',
      },
      'clock-not-trusted': {
        meaning: 'El reloj de la base de datos está antes del último sellado, o más de 7 días después.',
        advice: 'Compruebe el reloj del servidor de la base de datos; si es correcto, ejecute: npm run cen -- resume',
      },
      'sealing-overdue': {
        meaning: 'Un intervalo terminó hace mucho y no se ha sellado.',
        advice: 'Compruebe que hay un proceso con el papel worker, y qué le impide sellar.',
      },
      'keys-lost': {
        meaning: 'La base de datos nombra claves que el llavero no tiene.',
        advice:
          'Averigüe si una réplica lee otra copia del llavero o si se restauró un llavero o una base de datos antiguos.',
      },
      'pending-unreadable': {
        meaning: 'Algunos informes pendientes no se pueden descifrar. Los demás se publican.',
        advice: 'Recupere el llavero que tiene su clave; si se perdió para siempre, bórrelos como dice el documento.',
      },
      guessing: {
        meaning: 'Se rechazan tantos números que alguien parece adivinar; cada red puede intentar menos.',
        advice:
          'Averigüe si falla una aplicación o una lista de números; si no, espere a que pase o bloquee a quien inunda.',
      },
      'sealing-backlog': {
        meaning: 'Había más pendiente de lo que cabe en un sellado; el resto va a los intervalos siguientes.',
        advice: 'Nada si pasa; si no, aumente SEAL_MAX_CENS y dé memoria al proceso.',
      },
      'partitions-not-ahead': {
        meaning: 'No se pudo crear una tabla para los lotes de un día próximo; se reintenta en cada sellado.',
        advice:
          'Busque qué bloquea la tabla batch o batch_piece y compruebe que ambas pertenecen al rol de la aplicación.',
      },
      'keys-not-rotated': {
        meaning: 'Falló la rotación automática de claves.',
        advice: 'Ejecute npm run cen -- keys rotate --due y lea lo que dice.',
      },
      'retention-failed': {
        meaning: 'La última limpieza falló y se vuelve a intentar. Lo caducado no se sirve.',
        advice:
          'Lea la línea del registro «retention failed»: lo más frecuente es un bloqueo de la tabla batch o batch_piece.',
      },
    },
  },
  sealing: {
    title: 'Sellado',
    onTime: 'A tiempo',
    overdue: 'Atrasado',
    last: 'Último sellado',
    slot: 'Inicio de su intervalo',
    length: 'Duración de un intervalo',
    next: 'El siguiente, previsto',
    pending: 'Informes que encontró',
    fewPending: 'muy pocos para decirlo',
    held: 'Espera más informes desde',
    never: 'nunca',
  },
  retention: {
    title: 'Conservación y almacenamiento',
    days: 'Se conserva',
    daysValue: (n) => plural(n, { one: '# día', other: '# días' }),
    oldest: 'Día más antiguo con un lote',
    drop: 'Se borra el',
    none: 'ninguno',
    database: 'Tamaño de la base de datos',
  },
  replicas: { title: 'Réplicas', name: 'Nombre', roles: 'Papeles', version: 'Versión', seen: 'Vista por última vez' },
  keys: {
    title: 'Claves',
    text: 'Solo nombres y edades: ninguna clave se muestra nunca ni está en la base de datos.',
    purpose: 'Finalidad',
    id: 'Identificador',
    state: 'Estado',
    made: 'Creada',
    rotates: 'Se reemplaza',
    states: { current: 'En uso', next: 'Siguiente', retired: 'Retirada' },
    purposes: {
      'number-hmac': 'Huellas de los números',
      'mint-prf': 'Emisión de números',
      'pending-aead': 'Informes pendientes',
      'retry-proof': 'Reintentos de informes',
      'attempt-day': 'Intentos fallidos del día',
      'batch-signing': 'Firmas de los lotes',
      'staff-aead': 'Autenticadores del personal',
      'audit-signing': 'Firmas del registro de auditoría',
      'token-issuer': 'Fichas de envío',
      root: 'Clave raíz',
    },
  },
};
