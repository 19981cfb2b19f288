import type { AccountMessages } from './en.js';

export const account: AccountMessages = {
  title: 'Il mio account',
  lead: (login, role) => `${login} · ${role}`,
  password: {
    title: 'Password',
    text: 'Cambiarla chiude tutte le altre sue sessioni.',
    action: 'Cambia la password',
    fresh: 'Nuova password',
    done: 'La password è cambiata. Le altre sessioni sono chiuse.',
  },
  authenticator: {
    title: 'Autenticatore',
    on: 'Impostato',
    off: 'Non impostato',
    onText: 'Lei accede con un codice.',
    offText: 'Una password rubata basterebbe per accedere a suo nome.',
    setUp: 'Imposta un autenticatore',
    replace: 'Impostane un altro',
    remove: 'Rimuovi',
    removeTitle: 'Rimuovere l’autenticatore?',
    removeText: 'Da quel momento basterà la password per accedere.',
    done: 'Da ora acceda con il nuovo autenticatore.',
    removed: 'L’autenticatore è stato rimosso.',
  },
  recovery: {
    title: 'Codici di recupero',
    renew: 'Crea nuovi codici',
    renewText: 'Dieci codici nuovi sostituiscono i vecchi.',
  },
  sessions: {
    title: 'Dove ha effettuato l’accesso',
    text: 'Una sessione termina dopo 20 minuti senza uso e dopo 12 ore.',
    current: 'Questa',
    since: 'Aperta',
    seen: 'Ultimo uso',
    ends: 'Termina',
    end: 'Chiudila',
    endLabel: (since) => `Chiudi la sessione del ${since}`,
    everywhere: 'Esci ovunque',
  },
};
