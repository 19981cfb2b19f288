import { Controller, Get, Header, Param, Query } from '@nestjs/common';
import { z } from 'zod';
import { line } from '../../platform/http/index.js';
import { Allow } from '../access/allow.js';
import { DescribeStaff, NO_STORE, uuid } from '../staff.openapi.js';
import { Audit } from './audit.js';
import { AuditHead, type SignedHead, signedHead } from './audit-head.js';

const MAX_PAGE = 500;

const whole = z.coerce.number().pipe(z.int().min(0));

const filter = z.strictObject({
  before: whole.optional().meta({ description: 'Entries of a lower seq only: `next` of the page before' }),
  limit: whole.pipe(z.int().min(1).max(MAX_PAGE)).default(100),
  actorId: z.uuid().optional(),
  action: line(100).optional().meta({ example: 'member.invite' }),
  from: whole.optional().meta({ description: 'Unix seconds, included' }),
  until: whole.optional().meta({ description: 'Unix seconds, excluded' }),
});

type Filter = z.output<typeof filter>;

const auditEntry = z
  .object({
    seq: z.int(),
    at: z.int(),
    actorKind: z.string(),
    actorId: z.uuid().nullable(),
    actorRole: z.string().nullable(),
    authorityId: z.uuid().nullable(),
    action: z.string(),
    details: z.record(z.string(), z.json()),
  })
  .meta({
    example: {
      seq: 7,
      at: 1930910400,
      actorKind: 'member',
      actorId: '5f0c3a52-8f0e-4c2e-9d5b-6a7f0f1b2c3d',
      actorRole: 'manager',
      authorityId: '0d4c1f7e-3f0a-4f5b-8d8e-2b1a9c8d7e6f',
      action: 'member.invite',
      details: { member: '7b1e1d0c-2a3b-4c5d-8e6f-708192a3b4c5', role: 'issuer' },
    },
  });

const auditPage = z.object({
  entries: z.array(auditEntry),
  next: z.int().nullable().meta({ description: '`before` of the next page; null on the last' }),
});

/** The log, newest first. */
@Controller('admin/v1')
export class AuditController {
  constructor(
    private readonly audit: Audit,
    private readonly head: AuditHead,
  ) {}

  @Get('audit')
  @Header(...NO_STORE)
  @Allow({ roles: ['operator'] })
  @DescribeStaff('Who did what in the whole system', auditPage)
  async listAudit(@Query({ schema: filter }) wanted: Filter): Promise<z.input<typeof auditPage>> {
    return this.page(wanted);
  }

  @Get('authorities/:authorityId/audit')
  @Header(...NO_STORE)
  @Allow({ roles: ['operator', 'auditor'] })
  @DescribeStaff('Who did what in an authority', auditPage)
  async listAuthorityAudit(
    @Param('authorityId', { schema: uuid }) authorityId: string,
    @Query({ schema: filter }) wanted: Filter,
  ): Promise<z.input<typeof auditPage>> {
    return this.page({ ...wanted, authorityId });
  }

  @Get('audit/head')
  @Header(...NO_STORE)
  @Allow({ roles: ['operator', 'auditor'] })
  @DescribeStaff('The last link of the log, signed; keep it elsewhere', signedHead)
  async signHead(): Promise<SignedHead> {
    return this.head.sign();
  }

  private async page(wanted: Filter & { readonly authorityId?: string }): Promise<z.input<typeof auditPage>> {
    const entries = await this.audit.list(wanted);
    const next = entries.length === wanted.limit ? entries[entries.length - 1].seq : null;
    return { entries: entries as z.input<typeof auditEntry>[], next };
  }
}
