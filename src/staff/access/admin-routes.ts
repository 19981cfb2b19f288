import { Injectable, type OnModuleInit, RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { type Access, ACCESS_METADATA } from './allow.js';

/** A route under `/admin` and who may use it. */
export interface AdminRoute {
  readonly method: string;
  /** As declared, with `:parameters`, such as `/admin/v1/session`. */
  readonly path: string;
  readonly access: Access;
}

/** Whether a path, or a route's pattern, is for staff. */
export function isAdminPath(path: string): boolean {
  return path === '/admin' || path.startsWith('/admin/');
}

/** Every route under `/admin` with its declaration. A route without one stops the start. */
@Injectable()
export class AdminRoutes implements OnModuleInit {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
  ) {}

  onModuleInit(): void {
    this.list();
  }

  /** @throws when a route under `/admin` has no `@Allow`, or another one has */
  list(): AdminRoute[] {
    return this.discovery.getControllers().flatMap(({ metatype }) => (metatype ? this.#routesOf(metatype) : []));
  }

  // oxlint-disable-next-line typescript/no-unsafe-function-type -- Nest's own type of a class
  #routesOf(controller: Function): AdminRoute[] {
    const prototype = controller.prototype as Record<string, object>;
    return this.scanner.getAllMethodNames(prototype).flatMap((name) => {
      const handler = prototype[name];
      const method = Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined;
      if (method === undefined) return [];
      const access = Reflect.getMetadata(ACCESS_METADATA, handler) as Access | undefined;
      return pathsOf(controller, handler).flatMap((path) => {
        if (isAdminPath(path) !== (access !== undefined))
          throw new Error(`${controller.name}.${name}: a route has @Allow if and only if its path is under /admin`);
        return access === undefined ? [] : [{ method: RequestMethod[method], path, access }];
      });
    });
  }
}

function pathsOf(controller: object, handler: object): string[] {
  return declaredPaths(controller).flatMap((prefix) =>
    declaredPaths(handler).map((path) => `/${[...segments(prefix), ...segments(path)].join('/')}`),
  );
}

function declaredPaths(target: object): string[] {
  return [Reflect.getMetadata(PATH_METADATA, target) as string | string[]].flat();
}

function segments(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '');
}
