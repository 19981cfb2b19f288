import { formatsOf } from '../../../i18n/formats.js';
import type { RegionsMessages } from './en.js';

const { plural } = formatsOf('fr');

export const regions: RegionsMessages = {
  title: 'Régions',
  lead: 'Comment le serveur a divisé le monde selon la charge, et ce qu’un téléphone y télécharge.',
  span: 'Période',
  days: (n) => plural(n, { one: 'Aujourd’hui', other: '# derniers jours' }),
  map: (n) => plural(n, { one: 'Carte avec # région', other: 'Carte avec # régions' }),
  tip: (label, cens, bytes) => `${label} : ${cens} CEN ; un téléphone télécharge ${bytes} par jour`,
  little: 'Peu de CEN',
  much: 'Beaucoup de CEN',
  wholeEarth: 'Voir toute la Terre',
  regionsOnly: 'Voir les régions',
  world: 'Monde',
  worldText: 'chaque téléphone le télécharge',
  resolutions: ['Monde', '2 400 km de large', '880 km de large', '330 km de large', '120 km de large'],
  summary: {
    regions: 'Régions',
    depth: (finest, usual) => `La plus fine : ${finest}. La moitié : ${usual} ou plus fines.`,
    world: 'Sans division, un téléphone par jour',
    worldText: 'Ce que chaque téléphone téléchargerait au plus si rien n’était divisé.',
    slots: 'Créneaux',
    floor: (slots, moved) =>
      `Dans ${slots} d’entre eux, des envois trop peu nombreux sont allés dans une région plus grande : ${moved} fois.`,
  },
  table: 'Par région',
  region: 'Région',
  cens: 'CEN',
  perDay: 'Un téléphone par jour',
  perMonth: 'Un téléphone par mois',
  omitted: (n) => `${n} autres régions, avec moins de CEN, ne sont pas listées.`,
  empty: 'Rien n’a été publié ces jours-ci',
  emptyText:
    'Une région apparaît quand son premier lot est scellé. Un petit système publie un seul lot pour le monde entier.',
  preview: {
    title: 'Essayer d’autres réglages',
    text: 'Calcule ce qu’ils auraient fait de ces jours. Rien n’est changé : les réglages sont dans l’environnement du serveur.',
    splitAbove: 'Diviser au-dessus de, CEN',
    minReports: 'Envois au moins',
    finest: 'Région la plus fine',
    action: 'Calculer',
    now: 'Maintenant',
    then: 'Avec ceux-ci',
    regions: 'Régions',
    deepest: 'Région la plus fine',
    median: 'Téléphone médian par jour',
    undivided: 'Sans division, un téléphone par jour',
    estimated:
      'Une estimation : sur les envois, les lieux plus fins que ceux publiés et les leurres, le serveur ne garde rien à compter.',
    untold: (n) =>
      plural(n, {
        one: 'Dans # créneau, une région pourrait être divisée davantage, mais rien de publié ne dit d’où venaient ses CEN : elle est comptée entière.',
        other:
          'Dans # créneaux, une région pourrait être divisée davantage, mais rien de publié ne dit d’où venaient ses CEN : elle est comptée entière.',
      }),
    exact: 'Assemblé à partir de ce qui a été publié.',
  },
};
