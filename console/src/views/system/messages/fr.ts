import { formatsOf } from '../../../i18n/formats.js';
import type { SystemMessages } from './en.js';

const { plural } = formatsOf('fr');

export const system: SystemMessages = {
  title: 'Système',
  asOf: (time, version) => `État du ${time} · version ${version}`,
  refresh: 'Actualiser',
  alerts: {
    title: 'Ce qui demande quelqu’un',
    none: 'Rien ne demande personne.',
    todo: 'Que faire :',
    since: (ago) => `Depuis : ${ago}`,
    explained: 'expliqué dans',
    byCode: {
      'key-ring': {
        meaning: 'Le fichier du trousseau manque, est illisible ou abîmé, ou il y manque une clé.',
        advice: 'Corrigez le fichier ou restaurez-le ; s’il manque une clé, faites une rotation.',
      },
      'sealing-failed': {
        meaning: 'Le dernier scellement a échoué et sera retenté.',
        advice:
          'Lisez la ligne du journal « sealing failed » : le plus souvent, la base de données est hors d’atteinte ou son disque est plein.',
      },
      'clock-not-trusted': {
        meaning: 'L’horloge de la base de données est en retard sur le dernier scellement, ou à plus de 7 jours après.',
        advice: 'Vérifiez l’horloge du serveur de base de données ; si elle est juste, lancez : npm run cen -- resume',
      },
      'sealing-overdue': {
        meaning: 'Un créneau est terminé depuis longtemps et n’a pas été scellé.',
        advice: 'Vérifiez qu’un processus avec le rôle worker tourne, et ce qui l’empêche de sceller.',
      },
      'keys-lost': {
        meaning: 'La base de données nomme des clés que le trousseau n’a pas.',
        advice:
          'Cherchez si une réplique lit une autre copie du trousseau, ou si un ancien trousseau ou une ancienne base ont été restaurés.',
      },
      'pending-unreadable': {
        meaning: 'Certains envois en attente ne peuvent être déchiffrés. Les autres sont publiés.',
        advice:
          'Retrouvez le trousseau qui a leur clé ; s’il est perdu pour de bon, supprimez-les comme le dit le document.',
      },
      guessing: {
        meaning: 'Tant de numéros sont refusés que quelqu’un semble deviner ; chaque réseau peut essayer moins.',
        advice:
          'Cherchez si une application ou une liste de numéros est fautive ; sinon laissez passer, ou bloquez qui inonde.',
      },
      'sealing-backlog': {
        meaning: 'Il y avait plus en attente qu’un scellement n’en prend ; le reste ira dans les créneaux suivants.',
        advice: 'Rien si cela passe ; sinon augmentez SEAL_MAX_CENS et donnez de la mémoire au processus.',
      },
      'partitions-not-ahead': {
        meaning: 'Une table pour les lots d’un jour à venir n’a pu être créée ; c’est retenté à chaque scellement.',
        advice:
          'Cherchez ce qui verrouille la table batch ou batch_piece, et vérifiez que les deux appartiennent au rôle de l’application.',
      },
      'keys-not-rotated': {
        meaning: 'La rotation automatique des clés a échoué.',
        advice: 'Lancez npm run cen -- keys rotate --due et lisez ce qu’il dit.',
      },
      'retention-failed': {
        meaning: 'La dernière purge a échoué et sera retentée. Ce qui est périmé n’est pas servi.',
        advice:
          'Lisez la ligne du journal « retention failed » : le plus souvent, la table batch ou batch_piece est verrouillée.',
      },
    },
  },
  sealing: {
    title: 'Scellement',
    onTime: 'À l’heure',
    overdue: 'En retard',
    last: 'Dernier scellement',
    slot: 'Début de son créneau',
    length: 'Durée d’un créneau',
    next: 'Le prochain, prévu',
    pending: 'Envois qu’il a trouvés',
    fewPending: 'trop peu pour le dire',
    held: 'Attend plus d’envois depuis',
    never: 'jamais',
  },
  retention: {
    title: 'Conservation et stockage',
    days: 'Conservé pendant',
    daysValue: (n) => plural(n, { one: '# jour', other: '# jours' }),
    oldest: 'Jour le plus ancien avec un lot',
    drop: 'Supprimé le',
    none: 'aucun',
    database: 'Taille de la base de données',
  },
  replicas: { title: 'Répliques', name: 'Nom', roles: 'Rôles', version: 'Version', seen: 'Vue pour la dernière fois' },
  keys: {
    title: 'Clés',
    text: 'Des noms et des âges seulement : aucune clé n’est jamais montrée ni dans la base de données.',
    purpose: 'Usage',
    id: 'Identifiant',
    state: 'État',
    made: 'Créée',
    rotates: 'Remplacée',
    states: { current: 'En service', next: 'Suivante', retired: 'Retirée' },
    purposes: {
      'number-hmac': 'Empreintes des numéros',
      'mint-prf': 'Émission des numéros',
      'pending-aead': 'Envois en attente',
      'retry-proof': 'Envois répétés',
      'attempt-day': 'Essais ratés du jour',
      'batch-signing': 'Signatures des lots',
      'staff-aead': 'Authentificateurs du personnel',
      'audit-signing': 'Signatures du journal d’audit',
      'token-issuer': 'Jetons d’envoi',
      root: 'Clé racine',
    },
  },
};
