import fastify, { type FastifyInstance } from 'fastify';
import { installPublicCors } from './public-cors.js';

let app: FastifyInstance;

beforeAll(() => {
  app = fastify();
  installPublicCors(app, ['/v1', '/.well-known/directory']);
  app.get('/.well-known/directory', () => 'directory');
  app.get('/v10', () => 'another');
  app.get('/v1/keys', () => 'keys');
  app.post('/v1/reports', () => 'accepted');
  app.get('/admin', () => 'staff');
});
afterAll(() => app.close());

const origin = 'https://app.example';

it.each(['/v1/keys', '/.well-known/directory', '/v1/nothing'])(
  'lets any origin read %s, and gives one answer to all',
  async (url) => {
    const { headers } = await app.inject({ url, headers: { origin } });
    expect(headers['access-control-allow-origin']).toBe('*');
    expect(headers['access-control-expose-headers']).toContain('CEN-Signature');
    expect(headers.vary).toBeUndefined();
  },
);

it('lets any origin report, with the headers that it takes', async () => {
  const answer = await app.inject({
    method: 'OPTIONS',
    url: '/v1/reports',
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type,idempotency-key',
    },
  });
  expect(answer.statusCode).toBe(204);
  expect(answer.headers).toMatchObject({
    'access-control-allow-origin': '*',
    'access-control-allow-methods': 'GET, HEAD, POST',
    'access-control-allow-headers': 'authorization,content-type,idempotency-key',
  });
});

it.each(['/admin', '/v10'])('does not open %s', async (url) => {
  const { headers } = await app.inject({ url, headers: { origin } });
  expect(headers['access-control-allow-origin']).toBeUndefined();
  expect((await app.inject({ method: 'OPTIONS', url, headers: { origin } })).statusCode).toBe(404);
});
