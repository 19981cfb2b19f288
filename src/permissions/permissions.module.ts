import { Module } from '@nestjs/common';
import { Mint } from './mint.js';
import { MintPlacement } from './mint-placement.js';
import { PermissionNumberRepository } from './permission-number.repository.js';
import { PermissionOrderRepository } from './permission-order.repository.js';
import { Permissions } from './permissions.js';
import { RedemptionDesk } from './redemption-desk.js';
import { RetryProofRepository } from './retry-proof.repository.js';

@Module({
  providers: [
    Permissions,
    Mint,
    MintPlacement,
    RedemptionDesk,
    PermissionNumberRepository,
    PermissionOrderRepository,
    RetryProofRepository,
  ],
  exports: [Permissions],
})
export class PermissionsModule {}
