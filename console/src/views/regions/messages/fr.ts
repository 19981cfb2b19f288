import type { RegionsMessages } from './en.js';

export const regions: RegionsMessages = {
  title: 'Régions',
};
