import type { SystemMessages } from './en.js';

export const system: SystemMessages = {
  title: 'Sistema',
};
