import { Body, Controller, Get, Header, Param, Patch, Post } from '@nestjs/common';
import { z } from 'zod';
import { isReadable, line, READABLE } from '../../platform/http/index.js';
import { ApiProblem } from '../../platform/openapi/index.js';
import { type MemberActor, ROLES } from '../access/actor.js';
import { Allow } from '../access/allow.js';
import { CurrentActor } from '../access/current-actor.js';
import { dailyQuota } from '../members/member.schema.js';
import { DescribeCsrf, DescribeStaff, NO_STORE, uuid } from '../staff.openapi.js';
import { Authorities } from './authorities.js';
import { LANGUAGES } from './authority.js';

const fields = {
  name: line(100),
  language: z.enum(LANGUAGES),
  appLink: z
    .url({ protocol: /^https$/ })
    .max(300)
    .refine(isReadable, READABLE)
    .nullable(),
  dailyQuota,
};

const example = { name: 'Health office west', language: 'en', appLink: 'https://app.example/report', dailyQuota: null };

const authorityDocument = z
  .object({ id: z.uuid(), ...fields, disabled: z.boolean() })
  .meta({ example: { id: '0d4c1f7e-3f0a-4f5b-8d8e-2b1a9c8d7e6f', ...example, disabled: false } });

const authorityList = z.object({ authorities: z.array(authorityDocument) });

const newAuthority = z
  .strictObject({
    ...fields,
    language: fields.language.default('en'),
    appLink: fields.appLink.default(null),
    dailyQuota: fields.dailyQuota.default(null),
  })
  .meta({ example });

const authorityChange = z
  .strictObject({ ...fields, disabled: z.boolean() })
  .partial()
  .meta({ example: { language: 'de' } });

/** The health authorities. */
@Controller('admin/v1/authorities')
export class AuthorityController {
  constructor(private readonly authorities: Authorities) {}

  @Get()
  @Header(...NO_STORE)
  @Allow({ roles: ['operator'] })
  @DescribeStaff('All health authorities', authorityList)
  async listAuthorities(): Promise<z.input<typeof authorityList>> {
    return { authorities: await this.authorities.list() };
  }

  @Post()
  @Header(...NO_STORE)
  @Allow({ roles: ['operator'], confirmed: true })
  @DescribeCsrf()
  @DescribeStaff('Set a health authority up', authorityDocument, 201)
  @ApiProblem(409, 'name-taken')
  async createAuthority(
    @CurrentActor() actor: MemberActor,
    @Body({ schema: newAuthority }) wanted: z.output<typeof newAuthority>,
  ): Promise<z.input<typeof authorityDocument>> {
    return this.authorities.create(actor, wanted);
  }

  @Get(':authorityId')
  @Header(...NO_STORE)
  @Allow({ roles: ROLES })
  @DescribeStaff('A health authority', authorityDocument)
  @ApiProblem(404, 'staff-not-found')
  async readAuthority(@Param('authorityId', { schema: uuid }) id: string): Promise<z.input<typeof authorityDocument>> {
    return this.authorities.get(id);
  }

  @Patch(':authorityId')
  @Header(...NO_STORE)
  @Allow({ roles: ['operator'], confirmed: true })
  @DescribeCsrf()
  @DescribeStaff('Rename a health authority, change its settings, disable or enable it', authorityDocument)
  @ApiProblem(404, 'staff-not-found')
  @ApiProblem(409, 'name-taken')
  async changeAuthority(
    @CurrentActor() actor: MemberActor,
    @Param('authorityId', { schema: uuid }) id: string,
    @Body({ schema: authorityChange }) change: z.output<typeof authorityChange>,
  ): Promise<z.input<typeof authorityDocument>> {
    return this.authorities.change(actor, id, change);
  }
}
