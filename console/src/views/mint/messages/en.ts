export const mint = {
  title: 'Mint a number',
};

export type MintMessages = typeof mint;
