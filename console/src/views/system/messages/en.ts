export const system = {
  title: 'System',
};

export type SystemMessages = typeof system;
