export const audit = {
  title: 'Audit log',
};

export type AuditMessages = typeof audit;
