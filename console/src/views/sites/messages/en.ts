export const sites = {
  title: 'Upload sites',
};

export type SitesMessages = typeof sites;
