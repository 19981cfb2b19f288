import type { TeamMessages } from './en.js';

export const team: TeamMessages = {
  title: 'Equipo',
};
