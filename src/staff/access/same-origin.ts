import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { type Config, InjectConfig } from '../../platform/config/index.js';
import { StaffError } from '../staff-error.js';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Whether a request may change something. */
export function changesState(request: FastifyRequest): boolean {
  return !SAFE.has(request.method);
}

/** Refuses what a browser sends from another site's page (OWASP CSRF prevention: Fetch Metadata, and Origin where it is absent). */
@Injectable()
export class SameOrigin {
  private readonly publicOrigin: string;

  constructor(@InjectConfig() private readonly config: Pick<Config, 'production' | 'publicUrl'>) {
    this.publicOrigin = new URL(config.publicUrl).origin;
  }

  /** @throws StaffError `csrf-refused` */
  check(request: FastifyRequest): void {
    const site = request.headers['sec-fetch-site'];
    const { origin } = request.headers;
    if (site !== undefined && site !== 'same-origin' && site !== 'none') throw new StaffError('csrf-refused');
    if (origin !== undefined && !this.isOwn(origin, request.headers.host)) throw new StaffError('csrf-refused');
  }

  /** Development may be reached under any name and port. */
  private isOwn(origin: string, host: string | undefined): boolean {
    if (origin === this.publicOrigin) return true;
    return !this.config.production && URL.canParse(origin) && new URL(origin).host === host;
  }
}
