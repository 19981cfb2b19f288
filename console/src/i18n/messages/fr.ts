import { door } from '../../door/messages/fr.js';
import { shell } from '../../shell/messages/fr.js';
import { account } from '../../views/account/messages/fr.js';
import { audit } from '../../views/audit/messages/fr.js';
import { authorities } from '../../views/authorities/messages/fr.js';
import { figures } from '../../views/figures/messages/fr.js';
import { mint } from '../../views/mint/messages/fr.js';
import { orders } from '../../views/orders/messages/fr.js';
import { regions } from '../../views/regions/messages/fr.js';
import { sites } from '../../views/sites/messages/fr.js';
import { system } from '../../views/system/messages/fr.js';
import { team } from '../../views/team/messages/fr.js';
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
