import { door } from '../../door/messages/de.js';
import { shell } from '../../shell/messages/de.js';
import { account } from '../../views/account/messages/de.js';
import { audit } from '../../views/audit/messages/de.js';
import { authorities } from '../../views/authorities/messages/de.js';
import { figures } from '../../views/figures/messages/de.js';
import { mint } from '../../views/mint/messages/de.js';
import { orders } from '../../views/orders/messages/de.js';
import { regions } from '../../views/regions/messages/de.js';
import { sites } from '../../views/sites/messages/de.js';
import { system } from '../../views/system/messages/de.js';
import { team } from '../../views/team/messages/de.js';
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
