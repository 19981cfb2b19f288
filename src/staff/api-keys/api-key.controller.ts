import { Body, Controller, Delete, Get, Header, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { z } from 'zod';
import { line } from '../../platform/http/index.js';
import { ApiProblem } from '../../platform/openapi/index.js';
import type { MemberActor } from '../access/actor.js';
import { Allow } from '../access/allow.js';
import { CurrentActor } from '../access/current-actor.js';
import { dailyQuota } from '../members/member.schema.js';
import { DescribeCsrf, DescribeStaff, NO_STORE, noContent, uuid } from '../staff.openapi.js';
import { ApiKeys } from './api-keys.js';

const MAX_VALIDITY_DAYS = 400;

const sourceRanges = z
  .array(z.union([z.cidrv4(), z.cidrv6()], { error: 'is a range such as 192.0.2.0/24 or 2001:db8::/48' }))
  .max(50);

const example = { label: 'laboratory west', sourceRanges: ['192.0.2.0/24'], dailyQuota: 500 };

const apiKeyDocument = z
  .object({
    id: z.uuid(),
    label: z.string(),
    sourceRanges: z.array(z.string()),
    dailyQuota,
    createdAt: z.number(),
    expiresAt: z.number(),
    revokedAt: z.number().nullable(),
    lastUsedOn: z.iso.date().nullable(),
  })
  .meta({
    example: {
      id: '7b1e1d0c-2a3b-4c5d-8e6f-708192a3b4c5',
      ...example,
      createdAt: 1930910400,
      expiresAt: 1962446400,
      revokedAt: null,
      lastUsedOn: null,
    },
  });

const apiKeyList = z.object({ apiKeys: z.array(apiKeyDocument) });

const newApiKey = z
  .strictObject({
    label: line(100),
    sourceRanges: sourceRanges.default([]),
    dailyQuota: dailyQuota.default(null),
    validityDays: z.int().min(1).max(MAX_VALIDITY_DAYS).default(365),
  })
  .meta({ example: { ...example, validityDays: 365 } });

const createdApiKey = z.object({
  apiKey: apiKeyDocument,
  text: z.string().meta({ description: 'The key itself, shown this once', example: 'cen_…' }),
});

const quotaChange = z.strictObject({ dailyQuota }).meta({ example: { dailyQuota: 1000 } });

/** Keys with which an authority's laboratory systems mint. */
@Controller('admin/v1/authorities/:authorityId/api-keys')
export class ApiKeyController {
  constructor(private readonly apiKeys: ApiKeys) {}

  @Get()
  @Header(...NO_STORE)
  @Allow({ roles: ['operator', 'manager'] })
  @DescribeStaff('The API keys of an authority', apiKeyList)
  async listApiKeys(@Param('authorityId', { schema: uuid }) id: string): Promise<z.input<typeof apiKeyList>> {
    return { apiKeys: await this.apiKeys.list(id) };
  }

  @Post()
  @Header(...NO_STORE)
  @Allow({ roles: ['operator', 'manager'], confirmed: true })
  @DescribeCsrf()
  @DescribeStaff('Make an API key; answers the key, this once', createdApiKey, 201)
  @ApiProblem(404, 'staff-not-found')
  async createApiKey(
    @CurrentActor() actor: MemberActor,
    @Param('authorityId', { schema: uuid }) authorityId: string,
    @Body({ schema: newApiKey }) wanted: z.output<typeof newApiKey>,
  ): Promise<z.input<typeof createdApiKey>> {
    return this.apiKeys.create(actor, { ...wanted, authorityId });
  }

  @Patch(':apiKeyId')
  @Header(...NO_STORE)
  @Allow({ roles: ['operator', 'manager'], confirmed: true })
  @DescribeCsrf()
  @DescribeStaff('Change the quota of an API key', apiKeyDocument)
  @ApiProblem(404, 'staff-not-found')
  async changeApiKey(
    @CurrentActor() actor: MemberActor,
    @Param('authorityId', { schema: uuid }) authorityId: string,
    @Param('apiKeyId', { schema: uuid }) id: string,
    @Body({ schema: quotaChange }) change: z.output<typeof quotaChange>,
  ): Promise<z.input<typeof apiKeyDocument>> {
    return this.apiKeys.setQuota(actor, authorityId, id, change.dailyQuota);
  }

  @Delete(':apiKeyId')
  @HttpCode(204)
  @Header(...NO_STORE)
  @Allow({ roles: ['operator', 'manager'] })
  @DescribeCsrf()
  @DescribeStaff('Revoke an API key: it works no more', noContent)
  @ApiProblem(404, 'staff-not-found')
  async revokeApiKey(
    @CurrentActor() actor: MemberActor,
    @Param('authorityId', { schema: uuid }) authorityId: string,
    @Param('apiKeyId', { schema: uuid }) id: string,
  ): Promise<void> {
    await this.apiKeys.revoke(actor, authorityId, id);
  }
}
