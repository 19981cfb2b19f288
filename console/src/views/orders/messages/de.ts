import type { OrdersMessages } from './en.js';

export const orders: OrdersMessages = {
  title: 'Aufträge',
};
