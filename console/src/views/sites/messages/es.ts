import type { SitesMessages } from './en.js';

export const sites: SitesMessages = {
  title: 'Lugares de envío',
  lead: 'Clínicas y centros de pruebas desde cuya red se puede informar sin número.',
  add: 'Añadir un lugar',
  authority: 'Autoridad',
  name: 'Nombre',
  ranges: 'Rangos de direcciones',
  rangesHint: 'Como los ve internet, uno por línea: 192.0.2.0/24, 2001:db8::/48, o una sola dirección.',
  change: 'Cambiar',
  changeLabel: (name) => `Cambiar ${name}`,
  remove: 'Quitar',
  removeLabel: (name) => `Quitar ${name}`,
  removeText: 'A partir de entonces nadie puede informar sin número desde sus direcciones.',
  since: (day) => `desde el ${day}`,
  overlap: (range, other, name) => `${range} se solapa con ${other} de ${name}.`,
  foreign: 'otra autoridad',
  empty: 'Todavía no hay ninguno',
  emptyText: 'Añada las direcciones públicas de una clínica o un centro de pruebas; quienes llevan su red las conocen.',
  policy: {
    title: 'Este servidor no admite informes por lugar',
    text: 'Los lugares solo cuentan donde la política de envío es «location». La de este servidor es otra; lo que se escriba aquí se guarda y por ahora no hace nada.',
  },
};
