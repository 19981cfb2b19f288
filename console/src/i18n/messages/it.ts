import { door } from '../../door/messages/it.js';
import { shell } from '../../shell/messages/it.js';
import { account } from '../../views/account/messages/it.js';
import { audit } from '../../views/audit/messages/it.js';
import { authorities } from '../../views/authorities/messages/it.js';
import { figures } from '../../views/figures/messages/it.js';
import { mint } from '../../views/mint/messages/it.js';
import { orders } from '../../views/orders/messages/it.js';
import { regions } from '../../views/regions/messages/it.js';
import { sites } from '../../views/sites/messages/it.js';
import { system } from '../../views/system/messages/it.js';
import { team } from '../../views/team/messages/it.js';
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
