import { formatsOf } from '../../i18n/formats.js';
import type { ShellMessages } from './en.js';

const { plural } = formatsOf('it');

export const shell: ShellMessages = {
  parts: {
    loading: 'Caricamento…',
    tryAgain: 'Riprova',
    copy: 'Copia',
    copied: 'Copiato',
    notCopied: 'Non copiato: selezionare e copiare a mano',
    show: 'Mostra',
    hide: 'Nascondi',
    showPassword: 'Mostra la password',
    hidePassword: 'Nascondi la password',
    cancel: 'Annulla',
    close: 'Chiudi',
    save: 'Salva',
    more: 'Mostra altro',
    none: 'Nessuno',
    never: 'Mai',
  },
  frame: {
    skip: 'Vai al contenuto',
    navigation: 'Navigazione principale',
    menu: 'Menu',
    language: 'Lingua',
    signOut: 'Esci',
    notFound: 'Questa pagina non esiste',
    notFoundLead: 'Il link è sbagliato o la pagina non è per il suo ruolo.',
    goHome: 'Vai alla pagina iniziale',
  },
  roles: { operator: 'Gestione', manager: 'Responsabile', issuer: 'Emissione', auditor: 'Verifica' },
  problems: {
    unexpected: {
      title: 'Non ha funzionato',
      remedy: 'Riprovi. Se continua, avvisi chi gestisce questo server.',
    },
    later: {
      'sign-in-delayed': (wait) => ({
        title: 'Troppi tentativi falliti',
        remedy: `Aspetti ${wait}, poi riprovi. Non è stato controllato nulla.`,
      }),
      'quota-exceeded': (wait) => ({
        title: 'La quota di oggi è esaurita',
        remedy: `Si potranno emettere altri numeri tra ${wait}. Un responsabile o la gestione può alzare la quota.`,
      }),
    },
    byCode: {
      'no-connection': {
        title: 'Nessuna connessione al server',
        remedy: 'Controlli la rete e riprovi. Nulla di ciò che ha scritto va perso.',
      },
      unavailable: { title: 'Il server è occupato', remedy: 'Aspetti un momento e riprovi.' },
      'sign-in-refused': {
        title: 'Accesso non riuscito',
        remedy:
          'Nome, password o codice non è giusto. Controlli il blocco maiuscole e l’ora del dispositivo che mostra il codice. Ogni codice vale una volta: aspetti il prossimo.',
      },
      'sign-in-required': { title: 'La sessione è chiusa', remedy: 'Acceda di nuovo.' },
      'csrf-refused': { title: 'Questa pagina non è aggiornata', remedy: 'La ricarichi e riprovi.' },
      'not-allowed': {
        title: 'Non consentito',
        remedy: 'Il suo ruolo non lo consente. Chieda a un responsabile o alla gestione.',
      },
      'invitation-refused': {
        title: 'Questo link non vale più',
        remedy: 'È stato usato, sostituito o è scaduto. Ne chieda uno nuovo a chi gliel’ha dato.',
      },
      'password-refused': {
        title: 'Scelga un’altra password',
        remedy: 'Almeno 12 caratteri che nessuno indovini; vanno bene alcune parole a caso.',
      },
      'code-refused': {
        title: 'Il codice non corrisponde',
        remedy: 'Controlli che l’ora del dispositivo sia giusta e inserisca il codice che mostra adesso.',
      },
      'name-taken': { title: 'Questo nome è già in uso', remedy: 'Ne scelga un altro.' },
      'staff-not-found': { title: 'Non trovato', remedy: 'Forse qualcuno l’ha tolto. Ricarichi la pagina.' },
      'totp-required': {
        title: 'Prima serve un autenticatore',
        remedy: 'Gestione e responsabili accedono con un codice. La persona lo imposta in «Il mio account».',
      },
      'last-operator': { title: 'È l’ultimo account di gestione', remedy: 'Inviti prima un’altra persona.' },
      'not-on-yourself': {
        title: 'Non sul proprio account',
        remedy: 'Chieda a un altro responsabile o alla gestione.',
      },
      'number-space-exhausted': {
        title: 'Troppi numeri sono validi',
        remedy: 'Avvisi chi gestisce questo server: i numeri devono diventare più lunghi.',
      },
    },
  },
  count: {
    sessions: (n) => plural(n, { one: '# sessione', many: '# di sessioni', other: '# sessioni' }),
    codes: (n) => plural(n, { one: 'Resta # codice di recupero', other: 'Restano # codici di recupero' }),
  },
};
