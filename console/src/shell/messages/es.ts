import { formatsOf } from '../../i18n/formats.js';
import type { ShellMessages } from './en.js';

const { plural } = formatsOf('es');

export const shell: ShellMessages = {
  parts: {
    loading: 'Cargando…',
    tryAgain: 'Intentar de nuevo',
    copy: 'Copiar',
    copied: 'Copiado',
    notCopied: 'No se ha copiado: selecciónelo y cópielo a mano',
    show: 'Mostrar',
    hide: 'Ocultar',
    showPassword: 'Mostrar la contraseña',
    hidePassword: 'Ocultar la contraseña',
    cancel: 'Cancelar',
    close: 'Cerrar',
    save: 'Guardar',
    more: 'Mostrar más',
    none: 'Ninguno',
    never: 'Nunca',
  },
  frame: {
    skip: 'Ir al contenido',
    navigation: 'Navegación principal',
    menu: 'Menú',
    language: 'Idioma',
    signOut: 'Cerrar sesión',
    notFound: 'Esta página no existe',
    notFoundLead: 'El enlace es incorrecto o la página no es para su función.',
    goHome: 'Ir a la página de inicio',
  },
  roles: { operator: 'Operación', manager: 'Dirección', issuer: 'Emisión', auditor: 'Auditoría' },
  problems: {
    unexpected: {
      title: 'No ha funcionado',
      remedy: 'Inténtelo de nuevo. Si sigue igual, avise a quien opera este servidor.',
    },
    later: {
      'sign-in-delayed': (wait) => ({
        title: 'Demasiados intentos fallidos',
        remedy: `Espere ${wait} e inténtelo de nuevo. No se ha comprobado nada.`,
      }),
      'quota-exceeded': (wait) => ({
        title: 'El cupo de hoy está agotado',
        remedy: `Se podrán emitir números de nuevo dentro de ${wait}. La dirección o la operación pueden ampliar el cupo.`,
      }),
    },
    byCode: {
      'no-connection': {
        title: 'Sin conexión con el servidor',
        remedy: 'Compruebe la red e inténtelo de nuevo. No se pierde nada de lo escrito.',
      },
      unavailable: { title: 'El servidor está ocupado', remedy: 'Espere un momento e inténtelo de nuevo.' },
      'sign-in-refused': {
        title: 'No se ha iniciado la sesión',
        remedy:
          'El nombre, la contraseña o el código no es correcto. Compruebe las mayúsculas y el reloj del dispositivo que muestra el código. Cada código vale una vez: espere al siguiente.',
      },
      'sign-in-required': { title: 'La sesión está cerrada', remedy: 'Inicie sesión de nuevo.' },
      'csrf-refused': { title: 'Esta página ha caducado', remedy: 'Recárguela e inténtelo de nuevo.' },
      'not-allowed': {
        title: 'No permitido',
        remedy: 'Su función no lo permite. Pregunte a la dirección o a la operación.',
      },
      'invitation-refused': {
        title: 'Este enlace ya no vale',
        remedy: 'Se ha usado, se ha sustituido o ha caducado. Pida uno nuevo a quien se lo dio.',
      },
      'password-refused': {
        title: 'Elija otra contraseña',
        remedy: 'Al menos 12 caracteres que nadie adivine; van bien unas palabras al azar.',
      },
      'code-refused': {
        title: 'El código no coincide',
        remedy: 'Compruebe que el reloj de su dispositivo va bien y escriba el código que muestra ahora.',
      },
      'name-taken': { title: 'Este nombre está en uso', remedy: 'Elija otro.' },
      'staff-not-found': { title: 'No se encuentra', remedy: 'Puede que alguien lo haya quitado. Recargue la página.' },
      'totp-required': {
        title: 'Antes hace falta un autenticador',
        remedy: 'Operación y dirección inician sesión con un código. La persona lo configura en «Mi cuenta».',
      },
      'last-operator': { title: 'Es la última cuenta de operación', remedy: 'Invite antes a otra persona.' },
      'not-on-yourself': {
        title: 'No sobre su propia cuenta',
        remedy: 'Pídalo a otra persona de dirección u operación.',
      },
      'number-space-exhausted': {
        title: 'Hay demasiados números vigentes',
        remedy: 'Avise a quien opera este servidor: los números tienen que ser más largos.',
      },
    },
  },
  count: {
    sessions: (n) => plural(n, { one: '# sesión', many: '# de sesiones', other: '# sesiones' }),
    codes: (n) => plural(n, { one: 'Queda # código de recuperación', other: 'Quedan # códigos de recuperación' }),
  },
};
