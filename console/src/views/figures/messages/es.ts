import { formatsOf } from '../../../i18n/formats.js';
import type { FiguresMessages } from './en.js';

const { plural } = formatsOf('es');

export const figures: FiguresMessages = {
  title: 'Cifras',
  lead: 'Números de permiso por día UTC. Nadie puede ver si se usó un número determinado.',
  span: 'Período',
  days: (n) => plural(n, { one: 'Último día', other: 'Últimos # días' }),
  authority: 'Autoridad',
  allAuthorities: 'Todas las autoridades juntas',
  measures: {
    minted: { title: 'Emitidos', text: 'Números que se entregaron' },
    redeemed: { title: 'Canjeados', text: 'Números con los que alguien informó' },
    expired: { title: 'Caducados', text: 'Números que nadie usó a tiempo' },
    revocations: { title: 'Revocaciones', text: 'Solicitadas, siguiera o no vigente el número' },
  },
  most: (value) => `como máximo ${value} al día`,
  busiest: (value, day) => `el máximo, el ${day}: ${value}`,
  nothing: 'Nada en este período.',
  table: 'Día a día',
  day: 'Día',
  csv: 'Guardar como CSV',
  json: 'Guardar como JSON',
  smallNumbers: {
    title: 'Por qué estas cifras llegan tarde y a saltos',
    text: (cohort) =>
      `Los números canjeados y caducados solo se cuentan en grupos de ${cohort}, el día en que un grupo se completa. Así, ningún cambio de una cifra revela qué pasó con el número de una persona. Un grupo incompleto no se muestra.`,
  },
};
