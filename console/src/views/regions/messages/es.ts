import { formatsOf } from '../../../i18n/formats.js';
import type { RegionsMessages } from './en.js';

const { plural } = formatsOf('es');

export const regions: RegionsMessages = {
  title: 'Regiones',
  lead: 'Cómo ha dividido el servidor el mundo según la carga, y qué descarga un teléfono en cada región.',
  span: 'Período',
  days: (n) => plural(n, { one: 'Hoy', other: 'Últimos # días' }),
  map: (n) => plural(n, { one: 'Mapa con # región', other: 'Mapa con # regiones' }),
  tip: (label, cens, bytes) => `${label}: ${cens} CEN; un teléfono descarga ${bytes} al día`,
  little: 'Pocos CEN',
  much: 'Muchos CEN',
  wholeEarth: 'Ver toda la Tierra',
  regionsOnly: 'Ver las regiones',
  world: 'Mundo',
  worldText: 'lo descarga cada teléfono',
  resolutions: ['Mundo', '2.400 km de ancho', '880 km de ancho', '330 km de ancho', '120 km de ancho'],
  summary: {
    regions: 'Regiones',
    depth: (finest, usual) => `La más fina: ${finest}. La mitad: ${usual} o más finas.`,
    world: 'Sin dividir, un teléfono al día',
    worldText: 'Lo que descargaría cada teléfono como máximo si nada se dividiera.',
    slots: 'Intervalos',
    floor: (slots, moved) =>
      `En ${slots} de ellos hubo informes que pasaron a una región mayor por ser pocos: ${moved} veces.`,
  },
  table: 'Por región',
  region: 'Región',
  cens: 'CEN',
  perDay: 'Un teléfono al día',
  perMonth: 'Un teléfono al mes',
  omitted: (n) => `${n} regiones más, con menos CEN, no figuran.`,
  empty: 'No se ha publicado nada en estos días',
  emptyText: 'Una región aparece al sellarse su primer lote. Un sistema pequeño publica un lote para todo el mundo.',
  preview: {
    title: 'Probar otros ajustes',
    text: 'Calcula qué habrían hecho de estos días. No cambia nada: los ajustes están en el entorno del servidor.',
    splitAbove: 'Dividir a partir de, CEN',
    minReports: 'Informes como mínimo',
    finest: 'Región más fina',
    action: 'Calcular',
    now: 'Ahora',
    then: 'Con estos',
    regions: 'Regiones',
    deepest: 'Región más fina',
    median: 'Teléfono mediano al día',
    undivided: 'Sin dividir, un teléfono al día',
    estimated:
      'Una estimación: de los informes, de los lugares más finos que los publicados y de los CEN de relleno, el servidor no guarda nada que contar.',
    untold: (n) =>
      plural(n, {
        one: 'En # intervalo una región podría dividirse más, pero nada de lo publicado dice de dónde venían sus CEN: se cuenta entera.',
        other:
          'En # intervalos una región podría dividirse más, pero nada de lo publicado dice de dónde venían sus CEN: se cuenta entera.',
      }),
    exact: 'Reunido a partir de lo publicado.',
  },
};
