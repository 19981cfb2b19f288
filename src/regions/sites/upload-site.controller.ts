import { Body, Controller, Delete, Get, Header, HttpCode, Param, Patch, Post } from '@nestjs/common';
import type { z } from 'zod';
import { ApiProblem } from '../../platform/openapi/index.js';
import {
  Allow,
  CurrentActor,
  DescribeCsrf,
  DescribeStaff,
  type MemberActor,
  NO_STORE,
  noContent,
  uuid,
} from '../../staff/index.js';
import { newSite, siteChange, siteDocument, siteList } from './upload-site.schema.js';
import type { ShownSite } from './upload-site.js';
import { UploadSites } from './upload-sites.js';

/** Places from which reports are taken without a number, under `UPLOAD_POLICY=location`. */
@Controller('admin/v1')
export class UploadSiteController {
  constructor(private readonly sites: UploadSites) {}

  @Get('upload-sites')
  @Header(...NO_STORE)
  @Allow({ roles: ['operator'] })
  @DescribeStaff('The upload sites of all authorities, and what overlaps', siteList)
  async listUploadSites(@CurrentActor() actor: MemberActor): Promise<{ sites: ShownSite[] }> {
    return { sites: await this.sites.list(actor) };
  }

  @Get('authorities/:authorityId/upload-sites')
  @Header(...NO_STORE)
  @Allow({ roles: ['operator', 'manager'] })
  @DescribeStaff('The upload sites of an authority, and what overlaps', siteList)
  @ApiProblem(404, 'staff-not-found')
  async listAuthorityUploadSites(
    @CurrentActor() actor: MemberActor,
    @Param('authorityId', { schema: uuid }) authorityId: string,
  ): Promise<{ sites: ShownSite[] }> {
    return { sites: await this.sites.list(actor, authorityId) };
  }

  @Post('authorities/:authorityId/upload-sites')
  @Header(...NO_STORE)
  @Allow({ roles: ['operator', 'manager'], confirmed: true })
  @DescribeCsrf()
  @DescribeStaff('Register an upload site: from its addresses anybody may report', siteDocument, 201)
  @ApiProblem(404, 'staff-not-found')
  @ApiProblem(409, ['site-name-taken', 'too-many-sites', 'sites-too-wide'])
  @ApiProblem(422, 'invalid-input')
  async createUploadSite(
    @CurrentActor() actor: MemberActor,
    @Param('authorityId', { schema: uuid }) authorityId: string,
    @Body({ schema: newSite }) wanted: z.output<typeof newSite>,
  ): Promise<ShownSite> {
    return this.sites.create(actor, authorityId, wanted);
  }

  @Patch('authorities/:authorityId/upload-sites/:siteId')
  @Header(...NO_STORE)
  @Allow({ roles: ['operator', 'manager'], confirmed: true })
  @DescribeCsrf()
  @DescribeStaff('Rename an upload site, or change its ranges: the list is replaced', siteDocument)
  @ApiProblem(404, 'site-not-found')
  @ApiProblem(409, ['site-name-taken', 'sites-too-wide'])
  @ApiProblem(422, 'invalid-input')
  async changeUploadSite(
    @CurrentActor() actor: MemberActor,
    @Param('authorityId', { schema: uuid }) authorityId: string,
    @Param('siteId', { schema: uuid }) id: string,
    @Body({ schema: siteChange }) change: z.output<typeof siteChange>,
  ): Promise<ShownSite> {
    return this.sites.change(actor, authorityId, id, change);
  }

  @Delete('authorities/:authorityId/upload-sites/:siteId')
  @HttpCode(204)
  @Header(...NO_STORE)
  @Allow({ roles: ['operator', 'manager'] })
  @DescribeCsrf()
  @DescribeStaff('Remove an upload site: reports from there need a number again', noContent)
  @ApiProblem(404, 'site-not-found')
  async removeUploadSite(
    @CurrentActor() actor: MemberActor,
    @Param('authorityId', { schema: uuid }) authorityId: string,
    @Param('siteId', { schema: uuid }) id: string,
  ): Promise<void> {
    await this.sites.remove(actor, authorityId, id);
  }
}
