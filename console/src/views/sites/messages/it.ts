import type { SitesMessages } from './en.js';

export const sites: SitesMessages = {
  title: 'Siti di invio',
  lead: 'Cliniche e centri di test dalla cui rete si può inviare senza numero.',
  add: 'Aggiungi un sito',
  authority: 'Autorità',
  name: 'Nome',
  ranges: 'Intervalli di indirizzi',
  rangesHint: 'Come li vede internet, uno per riga: 192.0.2.0/24, 2001:db8::/48, o un solo indirizzo.',
  change: 'Modifica',
  changeLabel: (name) => `Modifica ${name}`,
  remove: 'Rimuovi',
  removeLabel: (name) => `Rimuovi ${name}`,
  removeText: 'Da allora nessuno può inviare senza numero dai suoi indirizzi.',
  since: (day) => `dal ${day}`,
  overlap: (range, other, name) => `${range} si sovrappone a ${other} di ${name}.`,
  foreign: 'un’altra autorità',
  empty: 'Ancora nessun sito',
  emptyText: 'Aggiungete gli indirizzi pubblici di una clinica o di un centro di test; chi ne cura la rete li conosce.',
  policy: {
    title: 'Questo server non accetta invii in base al luogo',
    text: 'I siti contano solo dove la regola di invio è «location». Quella di questo server è un’altra; ciò che si scrive qui viene conservato e per ora non ha effetto.',
  },
};
