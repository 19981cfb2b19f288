import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Config, InjectConfig } from '../../platform/config/index.js';
import { Database } from '../../platform/database/index.js';
import { Attempts } from '../attempts/attempts.js';
import { PermissionsError } from '../permissions-error.js';
import { type Redemption, RedemptionDesk } from '../redemption-desk.js';
import type { Ends } from '../statistics/cohorts.js';
import { Endings } from '../statistics/endings.js';
import type { IssuanceCredential } from './issuance-credential.js';
import { IssuerKeys } from './issuer-keys.js';
import { SIGNATURE_BYTES } from './token-form.js';
import { parseTokenRequest, type TokenRequest } from './token-request.js';

/** Turns a permission number into an upload token that nothing stored, here or at the authority, can lead back to it. */
@Injectable()
export class Issuance {
  constructor(
    private readonly database: Database,
    private readonly keys: IssuerKeys,
    private readonly desk: RedemptionDesk,
    private readonly endings: Endings,
    private readonly attempts: Attempts,
    @InjectConfig() private readonly config: Pick<Config, 'permissionDigits'>,
  ) {}

  /** @throws PermissionsError `invalid-token-request` */
  read(body: Buffer): TokenRequest {
    return parseTokenRequest(body, this.keys.live(), this.keys.now());
  }

  /**
   * The blind signature (`TokenResponse`, 256 bytes) once the number is spent; the same again for the same number and request,
   * until 48 hours after the next sealing. For chaff as many random bytes, after the same work.
   * @param address of the client; used in memory, and forgotten
   * @throws PermissionsError `credential-refused`: nothing was spent; `too-many-attempts`: likewise, and nothing was looked at
   */
  async issue(request: TokenRequest, credential: IssuanceCredential, address: string): Promise<Buffer> {
    // Before anything is spent, and for every request: a fault costs nobody the number, and refusing takes as long.
    const signature = request.key.blindSign(request.blindedMessage);
    const outcome = await this.attempts.look(
      address,
      () => this.#exchange(request, credential),
      (result) => result === 'refused',
    );
    if (outcome === 'refused') throw new PermissionsError('credential-refused');
    return outcome === 'rehearsed' ? randomBytes(SIGNATURE_BYTES) : signature;
  }

  async #exchange(
    { bytes }: TokenRequest,
    credential: IssuanceCredential,
  ): Promise<Redemption['outcome'] | 'rehearsed'> {
    return this.database.transaction(async (client) => {
      if (credential.scheme === 'chaff') {
        await this.desk.rehearse(client, this.config.permissionDigits);
        return 'rehearsed';
      }
      const redemption = await this.desk.exchange(client, credential.number, bytes);
      if (redemption.outcome === 'redeemed') await this.endings.note(client, redeemedOne(redemption.authority));
      return redemption.outcome;
    });
  }
}

/** Counted here, because a token's report has no authority. */
function redeemedOne(authority: string): ReadonlyMap<string, Ends> {
  return new Map([[authority, { redeemed: 1, expired: 0 }]]);
}
