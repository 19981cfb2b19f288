import { Controller, Get, Post, type Type } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import { AdminRoutes } from './admin-routes.js';
import { Allow, ANYONE } from './allow.js';

@Controller('admin/v1/things')
class Declared {
  @Get(':id')
  @Allow({ roles: ['auditor'] })
  read(): void {}

  @Post()
  @Allow(ANYONE)
  knock(): void {}

  notARoute(): void {}
}

@Controller('admin/v1/forgotten')
class Forgotten {
  @Get()
  read(): void {}
}

@Controller()
class ForgottenPrefix {
  @Get('admin')
  read(): void {}
}

@Controller('v1/public')
class Misplaced {
  @Get()
  @Allow({ roles: ['operator'] })
  read(): void {}
}

@Controller(['v1/administration', 'adminer'])
class Public {
  @Get()
  read(): void {}
}

async function routesOf(...controllers: Type[]): Promise<AdminRoutes> {
  const module = await Test.createTestingModule({ imports: [DiscoveryModule], controllers, providers: [AdminRoutes] })
    .compile()
    .then((compiled) => compiled.init());
  return module.get(AdminRoutes);
}

test('lists every route under /admin with its declaration', async () => {
  const routes = await routesOf(Declared, Public);
  expect(routes.list()).toEqual([
    { method: 'GET', path: '/admin/v1/things/:id', access: { roles: ['auditor'] } },
    { method: 'POST', path: '/admin/v1/things', access: 'anyone' },
  ]);
});

test.each([Forgotten, ForgottenPrefix])('does not start with the undeclared route of %p', async (controller) => {
  await expect(routesOf(Declared, controller)).rejects.toThrow(`${controller.name}.read: a route has @Allow`);
});

test('does not start with a declaration outside /admin, where it would protect nothing', async () => {
  await expect(routesOf(Misplaced)).rejects.toThrow('Misplaced.read');
});
