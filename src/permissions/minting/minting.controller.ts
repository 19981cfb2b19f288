import { Body, Controller, Get, Header, Headers, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { preferredMediaType } from '../../platform/http/index.js';
import { Allow, CurrentActor, NO_STORE, uuid } from '../../staff/index.js';
import { MINTED_MEDIA_TYPES, MintedAnswer } from './minted-answer.js';
import { Minting } from './minting.js';
import { DescribeMint, DescribeOrders, DescribeQuota, DescribeRevocation } from './minting.openapi.js';
import { mintedOrder, newOrder, orderList, orderPage, quotaState, wantedRevocation } from './minting.schema.js';
import type { Revoker } from './revocation.js';

/** Permission numbers, for those who mint them. A number never stands in a URL. */
@Controller('admin/v1')
export class MintingController {
  constructor(
    private readonly minting: Minting,
    private readonly answer: MintedAnswer,
  ) {}

  @Post('permission-numbers')
  @Header(...NO_STORE)
  @Allow({ roles: ['issuer'], apiKey: 'mint' })
  @DescribeMint()
  async mintNumbers(
    @CurrentActor() minter: Revoker,
    @Body({ schema: newOrder }) order: z.output<typeof newOrder>,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.input<typeof mintedOrder> | string | Buffer> {
    const mediaType = preferredMediaType(accept, MINTED_MEDIA_TYPES);
    return this.answer.write(reply, mediaType, await this.minting.mint(minter, order), minter.authorityId);
  }

  @Post('permission-numbers/revocations')
  @HttpCode(204)
  @Header(...NO_STORE)
  @RouteConfig({ pacedAnswer: true })
  @Allow({ roles: ['issuer', 'manager'], apiKey: 'mint' })
  @DescribeRevocation()
  async revokeNumbers(
    @CurrentActor() revoker: Revoker,
    @Body({ schema: wantedRevocation }) wanted: z.output<typeof wantedRevocation>,
  ): Promise<void> {
    if ('order' in wanted) await this.minting.revokeOrder(revoker, wanted.order);
    else await this.minting.revokeNumber(revoker, wanted.number);
  }

  @Get('authorities/:authorityId/permission-orders')
  @Header(...NO_STORE)
  @Allow({ roles: ['manager', 'issuer'] })
  @DescribeOrders()
  async listOrders(
    @CurrentActor() actor: Revoker,
    @Param('authorityId', { schema: uuid }) authorityId: string,
    @Query({ schema: orderPage }) page: z.output<typeof orderPage>,
  ): Promise<z.input<typeof orderList>> {
    return { orders: await this.minting.listOrders(actor, authorityId, page) };
  }

  @Get('quota')
  @Header(...NO_STORE)
  @Allow({ roles: ['issuer'], apiKey: 'mint' })
  @DescribeQuota()
  async readQuota(@CurrentActor() actor: Revoker): Promise<z.input<typeof quotaState>> {
    return this.minting.readQuota(actor);
  }
}
