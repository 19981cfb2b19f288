export const authorities = {
  title: 'Authorities',
};

export type AuthoritiesMessages = typeof authorities;
