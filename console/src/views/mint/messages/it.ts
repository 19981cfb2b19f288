import type { MintMessages } from './en.js';

export const mint: MintMessages = {
  title: 'Emetti un numero',
};
