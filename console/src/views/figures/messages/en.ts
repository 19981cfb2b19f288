export const figures = {
  title: 'Figures',
};

export type FiguresMessages = typeof figures;
