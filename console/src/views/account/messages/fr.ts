import type { AccountMessages } from './en.js';

export const account: AccountMessages = {
  title: 'Mon compte',
  lead: (login, role) => `${login} · ${role}`,
  password: {
    title: 'Mot de passe',
    text: 'Le changer met fin à toutes vos autres sessions.',
    action: 'Changer le mot de passe',
    fresh: 'Nouveau mot de passe',
    done: 'Votre mot de passe est changé. Vos autres sessions sont terminées.',
  },
  authenticator: {
    title: 'Authentificateur',
    on: 'Configuré',
    off: 'Non configuré',
    onText: 'Vous vous connectez avec un code.',
    offText: 'Un mot de passe volé suffirait pour se connecter à votre place.',
    setUp: 'Configurer un authentificateur',
    replace: 'En configurer un autre',
    remove: 'Retirer',
    removeTitle: 'Retirer l’authentificateur ?',
    removeText: 'Le mot de passe seul suffira alors pour vous connecter.',
    done: 'Connectez-vous désormais avec le nouvel authentificateur.',
    removed: 'L’authentificateur est retiré.',
  },
  recovery: {
    title: 'Codes de secours',
    renew: 'Créer de nouveaux codes',
    renewText: 'Dix nouveaux codes remplacent les anciens.',
  },
  sessions: {
    title: 'Où vous êtes connecté',
    text: 'Une session se termine après 20 minutes sans usage, et après 12 heures.',
    current: 'Celle-ci',
    since: 'Ouverte',
    seen: 'Dernier usage',
    ends: 'Se termine',
    end: 'Y mettre fin',
    endLabel: (since) => `Mettre fin à la session du ${since}`,
    everywhere: 'Se déconnecter partout',
  },
};
