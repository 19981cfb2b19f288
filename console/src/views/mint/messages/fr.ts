import type { MintMessages } from './en.js';

export const mint: MintMessages = {
  title: 'Émettre un numéro',
};
