import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { StaffError } from '../staff-error.js';
import { isCsrfTokenOf } from '../sign-in/session.js';
import type { Actor } from './actor.js';
import { isAdminPath } from './admin-routes.js';
import { type Access, ACCESS_METADATA, ANYONE, type Permission } from './allow.js';
import { rememberActor } from './current-actor.js';
import { Door, type Visitor } from './door.js';
import { changesState, SameOrigin } from './same-origin.js';

/**
 * Stands before every route of the application, and lets into those under `/admin` only whom their `@Allow` names:
 * denied unless declared.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly door: Door,
    private readonly sameOrigin: SameOrigin,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (!isAdminPath(request.routeOptions.url ?? '')) return true;
    const access = this.reflector.get<Access | undefined>(ACCESS_METADATA, context.getHandler());
    if (access === undefined) throw new StaffError('not-allowed');
    if (changesState(request)) this.sameOrigin.check(request);
    if (access !== ANYONE) await this.admit(request, access);
    return true;
  }

  private async admit(request: FastifyRequest, permission: Permission): Promise<void> {
    const visitor = await this.door.recognise(request);
    if (visitor === undefined)
      throw new StaffError('sign-in-required', { headers: { 'www-authenticate': 'Bearer realm="cen"' } });
    checkCsrf(request, visitor);
    const { authorityId } = request.params as { readonly authorityId?: string };
    if (!mayEnter(visitor.actor, permission) || !isOwn(visitor.actor, authorityId)) throw new StaffError('not-allowed');
    if (permission.confirmed && !visitor.confirmed) throw new StaffError('confirmation-required');
    rememberActor(request, visitor.actor);
  }
}

/** A key is in a header that no other site's page can make a browser send; a cookie is sent by itself. */
function checkCsrf(request: FastifyRequest, { sessionSecret }: Visitor): void {
  if (sessionSecret === undefined || !changesState(request)) return;
  const given = request.headers['x-cen-csrf'];
  if (!isCsrfTokenOf(sessionSecret, typeof given === 'string' ? given : undefined))
    throw new StaffError('csrf-refused');
}

function mayEnter(actor: Actor, { roles, apiKey }: Permission): boolean {
  return actor.kind === 'key' ? apiKey === 'mint' : roles.includes(actor.role);
}

/** Ids are compared in the one spelling that the database gives: another is nobody's. */
function isOwn({ role, authorityId }: Actor, wanted: string | undefined): boolean {
  return wanted === undefined || role === 'operator' || wanted === authorityId;
}
