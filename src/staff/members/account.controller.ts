import { Body, Controller, Delete, Header, HttpCode, Post, Put } from '@nestjs/common';
import { z } from 'zod';
import { ApiProblem } from '../../platform/openapi/index.js';
import { type MemberActor, ROLES } from '../access/actor.js';
import { Allow } from '../access/allow.js';
import { CurrentActor } from '../access/current-actor.js';
import { DescribeCsrf, DescribeStaff, NO_STORE, noContent } from '../staff.openapi.js';
import { Account } from './account.js';
import { password, recoveryCodes, totpOffer, totpProof } from './member.schema.js';

const newPassword = z.strictObject({ password }).meta({ example: { password: 'four words nobody guesses' } });

/** A member's own password and authenticator. */
@Controller('admin/v1/account')
export class AccountController {
  constructor(private readonly account: Account) {}

  @Put('password')
  @HttpCode(204)
  @Header(...NO_STORE)
  @Allow({ roles: ROLES, confirmed: true })
  @DescribeCsrf()
  @DescribeStaff('Change my password; every other session ends', noContent)
  @ApiProblem(422, 'password-refused')
  async changePassword(
    @CurrentActor() actor: MemberActor,
    @Body({ schema: newPassword }) body: z.output<typeof newPassword>,
  ): Promise<void> {
    await this.account.changePassword(actor, body.password);
  }

  @Post('totp/offer')
  @HttpCode(200)
  @Header(...NO_STORE)
  @Allow({ roles: ROLES })
  @DescribeCsrf()
  @DescribeStaff('A new authenticator to set up', totpOffer)
  async offerTotp(@CurrentActor() actor: MemberActor): Promise<z.input<typeof totpOffer>> {
    return this.account.offerTotp(actor);
  }

  @Put('totp')
  @Header(...NO_STORE)
  @Allow({ roles: ROLES, confirmed: true })
  @DescribeCsrf()
  @DescribeStaff('Sign in with the offered authenticator from now on; answers new recovery codes', recoveryCodes)
  @ApiProblem(422, 'code-refused')
  async setTotp(
    @CurrentActor() actor: MemberActor,
    @Body({ schema: totpProof }) proof: z.output<typeof totpProof>,
  ): Promise<z.input<typeof recoveryCodes>> {
    return { recoveryCodes: await this.account.setTotp(actor, proof) };
  }

  @Delete('totp')
  @HttpCode(204)
  @Header(...NO_STORE)
  @Allow({ roles: ROLES, confirmed: true })
  @DescribeCsrf()
  @DescribeStaff('Sign in without an authenticator from now on; not for operators and managers', noContent)
  @ApiProblem(409, 'totp-required')
  async removeTotp(@CurrentActor() actor: MemberActor): Promise<void> {
    await this.account.removeTotp(actor);
  }

  @Post('recovery-codes')
  @HttpCode(200)
  @Header(...NO_STORE)
  @Allow({ roles: ROLES, confirmed: true })
  @DescribeCsrf()
  @DescribeStaff('New recovery codes in place of the old ones', recoveryCodes)
  async renewRecoveryCodes(@CurrentActor() actor: MemberActor): Promise<z.input<typeof recoveryCodes>> {
    return { recoveryCodes: await this.account.renewRecoveryCodes(actor) };
  }
}
