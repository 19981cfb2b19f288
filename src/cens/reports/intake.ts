import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Config, InjectConfig } from '../../platform/config/index.js';
import { Database } from '../../platform/database/index.js';
import { KeyRing } from '../../platform/keys/index.js';
import { Attempts, Permissions, type Redemption, type TokenRedemption } from '../../permissions/index.js';
import { SiteGate } from '../../regions/index.js';
import { CensError } from '../cens-error.js';
import { credentialRequired, type Credential } from './credential.js';
import { type PendingReport, sealPending, type SealedReport } from './pending-codec.js';
import { PendingReportRepository } from './pending-report.repository.js';
import { censOfSecrets } from './preimage.js';
import type { Report } from './report.js';

/** Takes in validated reports: spends what they were sent with and keeps them until their sealing, or neither. */
@Injectable()
export class Intake {
  constructor(
    private readonly database: Database,
    private readonly permissions: Permissions,
    private readonly attempts: Attempts,
    private readonly pending: PendingReportRepository,
    private readonly sites: SiteGate,
    private readonly keys: KeyRing,
    @InjectConfig() private readonly config: Config,
  ) {}

  /**
   * Resolves once the report is durable, or was so already under this credential and key, or is chaff.
   * @param address of the client; used in memory, and forgotten
   * @throws {CensError} `credential-required`, `credential-refused`: nothing was stored and nothing spent
   * @throws PermissionsError `too-many-attempts`: likewise, and nothing was looked at
   */
  async accept(report: Report, credential: Credential, idempotencyKey: Buffer, address: string): Promise<void> {
    switch (credential.scheme) {
      case 'permission':
        return this.acceptWithNumber(report, credential.number, idempotencyKey, address);
      case 'token':
        return this.acceptWithToken(report, credential.token, idempotencyKey, address);
      case 'chaff':
        return this.attempts.look(address, () => this.rehearse(report), neverRefused);
      case 'none':
        return this.acceptWithoutCredential(report, idempotencyKey, address);
    }
  }

  private async acceptWithNumber(
    sent: Report,
    number: Extract<Credential, { scheme: 'permission' }>['number'],
    idempotencyKey: Buffer,
    address: string,
  ): Promise<void> {
    const redeem = async (): Promise<Redemption['outcome']> => {
      const groups = await this.toCens(sent);
      return this.database.transaction(async (client) => {
        const redemption = await this.permissions.redeem(client, number, idempotencyKey);
        const authority = redemption.outcome === 'redeemed' ? redemption.authority : undefined;
        const row = this.seal({ backing: 'permission', authority, groups });
        if (redemption.outcome === 'redeemed') await this.pending.insert(client, row);
        return redemption.outcome;
      });
    };
    const outcome = await this.attempts.look(address, redeem, (result) => result === 'refused');
    if (outcome === 'refused') throw new CensError('credential-refused');
  }

  private async acceptWithToken(sent: Report, token: Buffer, idempotencyKey: Buffer, address: string): Promise<void> {
    const redeem = async (): Promise<TokenRedemption> => {
      const groups = await this.toCens(sent);
      return this.database.transaction(async (client) => {
        const redemption = await this.permissions.redeemToken(client, token, idempotencyKey);
        const row = this.seal({ backing: 'token', authority: undefined, groups });
        if (redemption === 'redeemed') await this.pending.insert(client, row);
        return redemption;
      });
    };
    const outcome = await this.attempts.look(address, redeem, (result) => result === 'refused');
    if (outcome === 'refused') throw new CensError('credential-refused');
  }

  private async acceptWithoutCredential(sent: Report, idempotencyKey: Buffer, address: string): Promise<void> {
    const { uploadPolicy } = this.config;
    if (uploadPolicy === 'permission') throw credentialRequired(this.permissions.challenges());
    if (uploadPolicy === 'location') return this.acceptFromSite(sent, idempotencyKey, address);
    this.attempts.admitUnbacked(address);
    return this.acceptOnce(
      { backing: 'unbacked', authority: undefined, groups: await this.toCens(sent) },
      idempotencyKey,
    );
  }

  /** Somebody who has left the site since, and asks again for want of an answer, gets that of then. */
  private async acceptFromSite(sent: Report, idempotencyKey: Buffer, address: string): Promise<void> {
    const site = this.sites.siteOf(address);
    if (site !== undefined) {
      this.attempts.admitUnbacked(address);
      return this.acceptOnce(
        { backing: 'site', authority: undefined, site, groups: await this.toCens(sent) },
        idempotencyKey,
      );
    }
    const repeated = await this.database.transaction((client) =>
      this.permissions.wasAcceptedUnbacked(client, idempotencyKey),
    );
    if (!repeated) throw credentialRequired(this.permissions.challenges());
  }

  private async acceptOnce(report: PendingReport, idempotencyKey: Buffer): Promise<void> {
    const row = this.seal(report);
    await this.database.transaction(async (client) => {
      const outcome = await this.permissions.acceptUnbacked(client, idempotencyKey);
      if (outcome === 'accepted') await this.pending.insert(client, row);
    });
  }

  /** Cover traffic: the work of a report that is refused, and the answer of one that is accepted. */
  private async rehearse(sent: Report): Promise<void> {
    const groups = await this.toCens(sent);
    await this.database.transaction(async (client) => {
      await this.permissions.rehearse(client);
      this.seal({ backing: 'permission', authority: undefined, groups });
    });
  }

  /** After all that is cheap, and alike for what will be accepted, refused and dropped. Holds no connection meanwhile. */
  private async toCens(sent: Report): Promise<Report> {
    return this.config.reportKind === 'preimage' ? censOfSecrets(sent) : sent;
  }

  private seal(report: PendingReport): SealedReport {
    return sealPending(randomUUID(), report, this.keys.current('pending-aead'));
  }
}

/** Chaff does a refused report's work, and is none. */
function neverRefused(): boolean {
  return false;
}
