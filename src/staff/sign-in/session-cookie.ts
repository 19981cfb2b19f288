import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Config, InjectConfig } from '../../platform/config/index.js';

const DEVICE_DAYS = 180;
const DAY_SECONDS = 86_400;

/**
 * The cookies of a signed-in browser. `__Host-` (RFC 6265bis section 4.1.3.2) binds them to this host and to TLS; plain http
 * in development has no prefix. No `Max-Age` on the session: the server's clock ends it, and the browser's end, too.
 */
@Injectable()
export class SessionCookie {
  private readonly secure: boolean;
  private readonly name: string;
  private readonly deviceName: string;

  constructor(@InjectConfig() config: Pick<Config, 'production' | 'publicUrl'>) {
    this.secure = config.production || config.publicUrl.startsWith('https:');
    this.name = this.secure ? '__Host-cen' : 'cen';
    this.deviceName = `${this.name}-device`;
  }

  /** The session's secret, if the browser sent one. */
  read(request: FastifyRequest): string | undefined {
    return request.cookies[this.name];
  }

  /** The secret of a browser that has signed in before, if this is one. */
  readDevice(request: FastifyRequest): string | undefined {
    return request.cookies[this.deviceName];
  }

  set(reply: FastifyReply, secret: string): void {
    void reply.setCookie(this.name, secret, this.attributes());
  }

  setDevice(reply: FastifyReply, secret: string): void {
    void reply.setCookie(this.deviceName, secret, { ...this.attributes(), maxAge: DEVICE_DAYS * DAY_SECONDS });
  }

  clear(reply: FastifyReply): void {
    void reply.clearCookie(this.name, this.attributes());
  }

  private attributes() {
    return { path: '/', httpOnly: true, sameSite: 'strict', secure: this.secure } as const;
  }
}
