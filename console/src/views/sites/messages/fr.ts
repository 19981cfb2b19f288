import type { SitesMessages } from './en.js';

export const sites: SitesMessages = {
  title: 'Sites d’envoi',
};
