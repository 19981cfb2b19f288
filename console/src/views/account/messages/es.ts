import type { AccountMessages } from './en.js';

export const account: AccountMessages = {
  title: 'Mi cuenta',
  lead: (login, role) => `${login} · ${role}`,
  password: {
    title: 'Contraseña',
    text: 'Al cambiarla se cierran todas sus otras sesiones.',
    action: 'Cambiar la contraseña',
    fresh: 'Contraseña nueva',
    done: 'La contraseña se ha cambiado. Las otras sesiones se han cerrado.',
  },
  authenticator: {
    title: 'Autenticador',
    on: 'Configurado',
    off: 'Sin configurar',
    onText: 'Usted inicia sesión con un código.',
    offText: 'Una contraseña robada bastaría para entrar con su nombre.',
    setUp: 'Configurar un autenticador',
    replace: 'Configurar otro',
    remove: 'Quitar',
    removeTitle: '¿Quitar el autenticador?',
    removeText: 'Desde entonces bastará la contraseña para entrar.',
    done: 'Desde ahora inicie sesión con el nuevo autenticador.',
    removed: 'El autenticador se ha quitado.',
  },
  recovery: {
    title: 'Códigos de recuperación',
    renew: 'Crear códigos nuevos',
    renewText: 'Diez códigos nuevos sustituyen a los anteriores.',
  },
  sessions: {
    title: 'Dónde tiene la sesión abierta',
    text: 'Una sesión termina tras 20 minutos sin uso y tras 12 horas.',
    current: 'Esta',
    since: 'Iniciada',
    seen: 'Último uso',
    ends: 'Termina',
    end: 'Cerrarla',
    endLabel: (since) => `Cerrar la sesión de ${since}`,
    everywhere: 'Cerrar todas las sesiones',
  },
};
