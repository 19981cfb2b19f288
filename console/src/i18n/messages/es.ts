import { door } from '../../door/messages/es.js';
import { shell } from '../../shell/messages/es.js';
import { account } from '../../views/account/messages/es.js';
import { audit } from '../../views/audit/messages/es.js';
import { authorities } from '../../views/authorities/messages/es.js';
import { figures } from '../../views/figures/messages/es.js';
import { mint } from '../../views/mint/messages/es.js';
import { orders } from '../../views/orders/messages/es.js';
import { regions } from '../../views/regions/messages/es.js';
import { sites } from '../../views/sites/messages/es.js';
import { system } from '../../views/system/messages/es.js';
import { team } from '../../views/team/messages/es.js';
import type { Messages } from './en.js';

export const messages: Messages = {
  ...shell,
  door,
  account,
  audit,
  authorities,
  figures,
  mint,
  orders,
  regions,
  sites,
  system,
  team,
};
