import type { AuthoritiesMessages } from './en.js';

export const authorities: AuthoritiesMessages = {
  title: 'Autoridades',
};
