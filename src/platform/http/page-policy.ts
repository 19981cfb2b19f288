import type { FastifyInstance } from 'fastify';

/**
 * Pages beside the staff's console share its origin: a script that somebody smuggled into one could use a session. None is framed, and none
 * loads or runs what does not come from here. Swagger UI and the problem pages have styles in the page, and Swagger UI pictures in `data:`.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Adds a content security policy to what is at these paths and below. */
export function installPagePolicy(fastify: FastifyInstance, paths: readonly string[]): void {
  const isPage = new RegExp(`^(${paths.join('|')})(?![\\w-])`);
  fastify.addHook('onRequest', (request, reply, done) => {
    if (isPage.test(request.url))
      reply.headers({ 'content-security-policy': POLICY, 'x-content-type-options': 'nosniff' });
    done();
  });
}
