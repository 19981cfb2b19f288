import { door } from '../../door/messages/en.js';
import { shell } from '../../shell/messages/en.js';
import { account } from '../../views/account/messages/en.js';
import { audit } from '../../views/audit/messages/en.js';
import { authorities } from '../../views/authorities/messages/en.js';
import { figures } from '../../views/figures/messages/en.js';
import { mint } from '../../views/mint/messages/en.js';
import { orders } from '../../views/orders/messages/en.js';
import { regions } from '../../views/regions/messages/en.js';
import { sites } from '../../views/sites/messages/en.js';
import { system } from '../../views/system/messages/en.js';
import { team } from '../../views/team/messages/en.js';

/** All that the console says, in English; the other languages have the same keys, or do not compile. */
export const messages = {
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

export type Messages = typeof messages;
