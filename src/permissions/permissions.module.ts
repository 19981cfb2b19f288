import { Module } from '@nestjs/common';
import { PermissionOrderRepository } from './minting/permission-order.repository.js';
import { QuotaUseRepository } from './minting/quota-use.repository.js';
import { PermissionNumberRepository } from './permission-number.repository.js';
import { Permissions } from './permissions.js';
import { RedemptionDesk } from './redemption-desk.js';
import { RetryProofRepository } from './retry-proof.repository.js';
import { EndedDayRepository } from './statistics/ended-day.repository.js';
import { EndedTallyRepository } from './statistics/ended-tally.repository.js';
import { Endings } from './statistics/endings.js';
import { MintingDayRepository } from './statistics/minting-day.repository.js';
import { IssuerKeys } from './tokens/issuer-keys.js';
import { SpentTokenRepository } from './tokens/spent-token.repository.js';
import { TokenDesk } from './tokens/token-desk.js';

/** What reports need of permission numbers. It knows no staff, so that the sealing thread can have it without them. */
@Module({
  providers: [
    Permissions,
    RedemptionDesk,
    Endings,
    EndedDayRepository,
    EndedTallyRepository,
    MintingDayRepository,
    PermissionNumberRepository,
    PermissionOrderRepository,
    QuotaUseRepository,
    RetryProofRepository,
    IssuerKeys,
    SpentTokenRepository,
    TokenDesk,
  ],
  exports: [
    Permissions,
    RedemptionDesk,
    Endings,
    IssuerKeys,
    MintingDayRepository,
    PermissionNumberRepository,
    PermissionOrderRepository,
    QuotaUseRepository,
  ],
})
export class PermissionsModule {}
