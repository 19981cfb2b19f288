import { type DynamicModule, Module } from '@nestjs/common';
import type { Config } from '../../platform/config/index.js';
import { SiteGate } from './site-gate.js';
import { UploadSiteController } from './upload-site.controller.js';
import { UploadSiteRepository } from './upload-site.repository.js';
import { UploadSites } from './upload-sites.js';

/** Upload sites, apart from the regions, which need no storage and no staff. Global: both reports and staff ask for them. */
@Module({ providers: [SiteGate, UploadSiteRepository, UploadSites], exports: [SiteGate] })
export class UploadSitesModule {
  /** Controllers for the role `admin`. */
  static of({ roles }: Pick<Config, 'roles'>): DynamicModule {
    return { module: UploadSitesModule, global: true, controllers: roles.has('admin') ? [UploadSiteController] : [] };
  }
}
