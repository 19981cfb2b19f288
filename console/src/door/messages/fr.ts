import type { DoorMessages } from './en.js';

export const door: DoorMessages = {
  product: 'Numéros d’autorisation',
  signIn: {
    title: 'Connexion',
    login: 'Nom',
    loginHint: 'Votre nom court au travail, comme sur l’invitation.',
    password: 'Mot de passe',
    code: 'Code de votre authentificateur',
    codeHint: 'Six chiffres. Laissez vide si vous n’avez pas configuré d’authentificateur.',
    recoveryCode: 'Code de secours',
    useRecovery: 'Je n’ai pas mon téléphone : utiliser un code de secours',
    useCode: 'Utiliser le code de mon authentificateur',
    submit: 'Se connecter',
    help: 'Impossible d’entrer ?',
    helpText:
      'Demandez à un responsable de votre autorité ou à l’exploitation de réinitialiser votre accès : vous recevez un nouveau lien et choisissez à nouveau mot de passe et authentificateur. Personne ne peut voir votre mot de passe.',
    capsLock: 'Le verrouillage des majuscules est activé.',
  },
  again: {
    title: 'Veuillez vous reconnecter',
    lead: 'Vous étiez absent un moment. Votre saisie est toujours là et reprend dès que vous êtes connecté.',
    as: (login) => `Connexion de ${login}`,
    submit: 'Se connecter et continuer',
    someoneElse: 'Je suis quelqu’un d’autre',
  },
  confirm: {
    title: 'Confirmez que c’est bien vous',
    lead: 'Ce que vous allez faire peut exclure des personnes ou en laisser entrer. Saisissez votre mot de passe et un nouveau code.',
    submit: 'Confirmer et continuer',
  },
  invitation: {
    title: 'Bienvenue',
    lead: (login, role) => `Vous vous connectez sous le nom « ${login} ». Votre rôle : ${role}.`,
    steps: { password: 'Mot de passe', authenticator: 'Authentificateur', recovery: 'Codes de secours' },
    progress: 'Étapes de la configuration',
    passwordTitle: 'Choisissez un mot de passe',
    passwordLead: 'Au moins 12 caractères. Quelques mots au hasard se retiennent bien et se devinent mal.',
    repeat: 'Encore une fois',
    tooShort: 'Au moins 12 caractères.',
    differs: 'Les deux ne sont pas identiques.',
    next: 'Suivant',
    back: 'Retour',
    authenticatorTitle: 'Configurez un authentificateur',
    authenticatorLead:
      'Scannez l’image avec une application d’authentification sur votre téléphone. Elle affiche ensuite un nouveau code à six chiffres toutes les 30 secondes.',
    qr: 'Code QR pour l’application d’authentification',
    byHand: 'Pas d’appareil photo ? Saisissez cette clé dans l’application',
    codeLabel: 'Code affiché maintenant par l’application',
    finish: 'Terminer',
    skip: 'Continuer sans',
    skipHint:
      'Vous pourrez le configurer plus tard sous « Mon compte ». Un mot de passe volé ne suffit alors plus pour entrer.',
    recoveryTitle: 'Gardez vos codes de secours',
    recoveryLead:
      'Si votre téléphone est perdu, l’un d’eux vous fait entrer, chacun une fois. Ils ne sont affichés que maintenant : imprimez-les ou notez-les, et mettez-les sous clé.',
    kept: 'Je les ai gardés',
    go: 'Continuer',
    print: 'Imprimer',
    missing: 'Cette page a besoin du lien entier que vous avez reçu. Ouvrez-le à nouveau, de # jusqu’à la fin.',
  },
};
