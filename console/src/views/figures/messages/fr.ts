import type { FiguresMessages } from './en.js';

export const figures: FiguresMessages = {
  title: 'Chiffres',
};
