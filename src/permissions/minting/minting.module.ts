import { type DynamicModule, Module } from '@nestjs/common';
import type { Config } from '../../platform/config/index.js';
import { PermissionsModule } from '../permissions.module.js';
import { SheetPrinter } from '../sheets/sheet-printer.js';
import { Mint } from './mint.js';
import { MintPlacement } from './mint-placement.js';
import { MintedAnswer } from './minted-answer.js';
import { MintingController } from './minting.controller.js';
import { Minting } from './minting.js';
import { OrderNumbers } from './order-numbers.js';
import { Quota } from './quota.js';
import { Revocation } from './revocation.js';

/** Minting, revoking, and the quotas: what the health authority's people do with numbers. Needs the module of staff, which is global. */
@Module({})
export class MintingModule {
  /** Controllers for the role `admin`. */
  static of({ roles }: Pick<Config, 'roles'>): DynamicModule {
    return {
      module: MintingModule,
      imports: [PermissionsModule],
      controllers: roles.has('admin') ? [MintingController] : [],
      providers: [Mint, MintedAnswer, Minting, MintPlacement, OrderNumbers, Quota, Revocation, SheetPrinter],
      exports: [Minting],
    };
  }
}
