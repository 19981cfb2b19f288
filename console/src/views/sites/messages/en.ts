export const sites = {
  title: 'Upload sites',
  lead: 'Clinics and test centres from whose network people may report without a number.',
  add: 'Add a site',
  authority: 'Authority',
  name: 'Name',
  ranges: 'Address ranges',
  rangesHint: 'As the internet sees the site, one a line: 192.0.2.0/24, 2001:db8::/48, or a single address.',
  change: 'Change',
  changeLabel: (name: string) => `Change ${name}`,
  remove: 'Remove',
  removeLabel: (name: string) => `Remove ${name}`,
  removeText: 'From then on, nobody can report from its addresses without a number.',
  since: (day: string) => `since ${day}`,
  overlap: (range: string, other: string, name: string) => `${range} overlaps ${other} of ${name}.`,
  foreign: 'another authority',
  empty: 'No site yet',
  emptyText: 'Add the public addresses of a clinic or a test centre, as its network people know them.',
  policy: {
    title: 'This server takes no reports by place',
    text: 'Sites count only where the upload policy is “location”. The policy of this server is another one; what is entered here is kept and does nothing meanwhile.',
  },
};

export type SitesMessages = typeof sites;
