import { formatsOf } from '../../i18n/formats.js';
import type { ShellMessages } from './en.js';

const { plural } = formatsOf('fr');

export const shell: ShellMessages = {
  parts: {
    loading: 'Chargement…',
    tryAgain: 'Réessayer',
    copy: 'Copier',
    copied: 'Copié',
    notCopied: 'Pas copié : sélectionnez et copiez à la main',
    show: 'Afficher',
    hide: 'Masquer',
    showPassword: 'Afficher le mot de passe',
    hidePassword: 'Masquer le mot de passe',
    cancel: 'Annuler',
    close: 'Fermer',
    save: 'Enregistrer',
    more: 'Afficher plus',
    none: 'Aucun',
    never: 'Jamais',
  },
  frame: {
    skip: 'Aller au contenu',
    navigation: 'Navigation principale',
    menu: 'Menu',
    language: 'Langue',
    signOut: 'Se déconnecter',
    notFound: 'Cette page n’existe pas',
    notFoundLead: 'Le lien est faux, ou la page n’est pas pour votre rôle.',
    goHome: 'Aller à la page d’accueil',
  },
  roles: { operator: 'Exploitation', manager: 'Responsable', issuer: 'Émission', auditor: 'Audit' },
  problems: {
    unexpected: {
      title: 'Cela n’a pas fonctionné',
      remedy: 'Réessayez. Si cela continue, prévenez la personne qui exploite ce serveur.',
    },
    later: {
      'sign-in-delayed': (wait) => ({
        title: 'Trop d’essais manqués',
        remedy: `Attendez ${wait}, puis réessayez. Rien n’a été vérifié.`,
      }),
      'quota-exceeded': (wait) => ({
        title: 'Le quota du jour est épuisé',
        remedy: `De nouveaux numéros seront possibles dans ${wait}. Un responsable ou l’exploitation peut relever le quota.`,
      }),
    },
    byCode: {
      'no-connection': {
        title: 'Pas de connexion au serveur',
        remedy: 'Vérifiez le réseau et réessayez. Rien de ce que vous avez saisi n’est perdu.',
      },
      unavailable: { title: 'Le serveur est occupé', remedy: 'Attendez un instant et réessayez.' },
      'sign-in-refused': {
        title: 'Connexion refusée',
        remedy:
          'Le nom, le mot de passe ou le code n’est pas juste. Vérifiez le verrouillage des majuscules et l’heure de l’appareil qui affiche le code. Chaque code sert une fois : attendez le suivant.',
      },
      'sign-in-required': { title: 'Vous êtes déconnecté', remedy: 'Connectez-vous à nouveau.' },
      'csrf-refused': { title: 'Cette page n’est plus à jour', remedy: 'Rechargez-la et réessayez.' },
      'not-allowed': {
        title: 'Non autorisé',
        remedy: 'Votre rôle ne le permet pas. Adressez-vous à un responsable ou à l’exploitation.',
      },
      'invitation-refused': {
        title: 'Ce lien ne fonctionne plus',
        remedy: 'Il a été utilisé, remplacé ou il a expiré. Demandez-en un nouveau.',
      },
      'password-refused': {
        title: 'Choisissez un autre mot de passe',
        remedy: 'Au moins 12 caractères que personne ne devine ; quelques mots au hasard conviennent.',
      },
      'code-refused': {
        title: 'Le code ne correspond pas',
        remedy: 'Vérifiez que votre appareil est à l’heure et saisissez le code qu’il affiche maintenant.',
      },
      'name-taken': { title: 'Ce nom est déjà pris', remedy: 'Choisissez-en un autre.' },
      'staff-not-found': {
        title: 'Introuvable',
        remedy: 'Quelqu’un l’a peut-être supprimé. Rechargez la page.',
      },
      'totp-required': {
        title: 'Il faut d’abord un authentificateur',
        remedy:
          'L’exploitation et les responsables se connectent avec un code. La personne le configure sous « Mon compte ».',
      },
      'last-operator': {
        title: 'C’est le dernier compte d’exploitation',
        remedy: 'Invitez d’abord une autre personne.',
      },
      'not-on-yourself': {
        title: 'Pas sur votre propre compte',
        remedy: 'Demandez à un autre responsable ou à l’exploitation.',
      },
      'number-space-exhausted': {
        title: 'Trop de numéros sont valables',
        remedy: 'Prévenez la personne qui exploite ce serveur : les numéros doivent devenir plus longs.',
      },
    },
  },
  count: {
    sessions: (n) => plural(n, { one: '# session', many: '# de sessions', other: '# sessions' }),
    codes: (n) => plural(n, { one: '# code de secours restant', other: '# codes de secours restants' }),
  },
};
