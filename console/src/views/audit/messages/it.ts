import type { AuditMessages } from './en.js';

export const audit: AuditMessages = {
  title: 'Registro',
};
