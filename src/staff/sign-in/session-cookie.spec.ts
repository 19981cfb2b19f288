import type { FastifyReply } from 'fastify';
import { SessionCookie } from './session-cookie.js';

function setBy(config: { production: boolean; publicUrl: string }): unknown[][] {
  const calls: unknown[][] = [];
  const reply = { setCookie: (...args: unknown[]) => calls.push(args) } as unknown as FastifyReply;
  const cookie = new SessionCookie(config);
  cookie.set(reply, 'secret');
  cookie.setDevice(reply, 'device');
  return calls;
}

const STRICT = { path: '/', httpOnly: true, sameSite: 'strict' };

test.each([
  ['in production', { production: true, publicUrl: 'https://cen.example' }],
  ['in production behind a proxy that speaks http to it', { production: true, publicUrl: 'http://cen.example' }],
  ['on TLS in development', { production: false, publicUrl: 'https://localhost:3000' }],
])('is bound to host and TLS %s', (_, config) => {
  expect(setBy(config)).toEqual([
    ['__Host-cen', 'secret', { ...STRICT, secure: true }],
    ['__Host-cen-device', 'device', { ...STRICT, secure: true, maxAge: 180 * 86_400 }],
  ]);
});

test('works on plain http in development', () => {
  expect(setBy({ production: false, publicUrl: 'http://localhost:3000' })[0]).toEqual([
    'cen',
    'secret',
    { ...STRICT, secure: false },
  ]);
});
