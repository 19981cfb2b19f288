import type { SitesMessages } from './en.js';

export const sites: SitesMessages = {
  title: 'Siti di invio',
};
