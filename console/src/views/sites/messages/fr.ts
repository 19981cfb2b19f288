import type { SitesMessages } from './en.js';

export const sites: SitesMessages = {
  title: 'Sites d’envoi',
  lead: 'Cliniques et centres de test depuis le réseau desquels on peut faire un envoi sans numéro.',
  add: 'Ajouter un site',
  authority: 'Autorité',
  name: 'Nom',
  ranges: 'Plages d’adresses',
  rangesHint: 'Telles que l’internet les voit, une par ligne : 192.0.2.0/24, 2001:db8::/48, ou une seule adresse.',
  change: 'Modifier',
  changeLabel: (name) => `Modifier ${name}`,
  remove: 'Retirer',
  removeLabel: (name) => `Retirer ${name}`,
  removeText: 'Dès lors, personne ne peut faire d’envoi sans numéro depuis ses adresses.',
  since: (day) => `depuis le ${day}`,
  overlap: (range, other, name) => `${range} recouvre ${other} de ${name}.`,
  foreign: 'une autre autorité',
  empty: 'Pas encore de site',
  emptyText:
    'Ajoutez les adresses publiques d’une clinique ou d’un centre de test ; ses responsables du réseau les connaissent.',
  policy: {
    title: 'Ce serveur n’accepte pas d’envois selon le lieu',
    text: 'Les sites ne comptent que là où la règle d’envoi est « location ». Celle de ce serveur est une autre ; ce qui est inscrit ici est gardé et sans effet pour l’instant.',
  },
};
