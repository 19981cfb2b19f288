import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { type Config, InjectConfig } from '../../platform/config/index.js';
import { Listener } from '../../platform/notifications/index.js';
import { Authorities } from '../../staff/index.js';
import { SiteTable } from './site-table.js';
import { UploadSiteRepository } from './upload-site.repository.js';

/** The safety net beneath NOTIFY, and how long a disabled authority's sites go on working at most. */
const POLL_MS = 2000;

/**
 * From which addresses reports are taken without a credential, under `UPLOAD_POLICY=location`. In memory: a look-up costs no
 * round trip and leaves no trace of the address.
 */
@Injectable()
export class SiteGate implements OnApplicationBootstrap, OnApplicationShutdown {
  private table = new SiteTable([]);
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly repository: UploadSiteRepository,
    private readonly authorities: Authorities,
    private readonly listener: Listener,
    @InjectConfig() private readonly config: Pick<Config, 'uploadPolicy' | 'roles'>,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (this.config.uploadPolicy !== 'location' || !this.config.roles.has('public')) return;
    await this.refresh();
    await this.listener.on('cen_upload_sites', () => this.refresh());
    this.timer = setInterval(() => void this.refresh().catch(() => undefined), POLL_MS);
    this.timer.unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** Id of the site that an address belongs to; that of a disabled authority is none. */
  siteOf(address: string): string | undefined {
    return this.table.find(address);
  }

  private async refresh(): Promise<void> {
    const [sites, authorities] = await Promise.all([this.repository.list(), this.authorities.list()]);
    const live = new Set(authorities.filter(({ disabled }) => !disabled).map(({ id }) => id));
    this.table = new SiteTable(sites.filter(({ authorityId }) => live.has(authorityId)));
  }
}
