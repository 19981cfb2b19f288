export const regions = {
  title: 'Regions',
};

export type RegionsMessages = typeof regions;
