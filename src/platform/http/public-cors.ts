import type { FastifyInstance } from 'fastify';

/** Of every answer of a public path: any origin may read it, and these headers beside the body. */
export const CORS_HEADERS = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'CEN-Signature, ETag, Retry-After, Content-Range, Accept-Ranges',
};
const METHODS = 'GET, HEAD, POST';
const PREFLIGHT_SECONDS = '86400';

/**
 * Apps in browsers may read and report from any origin (Fetch standard, section 3.3); no cookie is involved, and nothing is open but
 * these paths and what is below them. Answers do not vary with the origin, so that a cache keeps one for all.
 *
 * @fastify/cors builds its options anew for each request where they differ by path, a tenth of the time of a 304, and
 * then has caches keep one answer for each origin.
 */
export function installPublicCors(fastify: FastifyInstance, paths: readonly string[]): void {
  const isPublic = new RegExp(`^(${paths.map((path) => path.replaceAll('.', '\\.')).join('|')})(?![\\w-])`);
  fastify.addHook('onRequest', (request, reply, done) => {
    if (isPublic.test(request.url)) reply.headers(CORS_HEADERS);
    done();
  });
  for (const path of paths.flatMap((path) => [path, `${path}/*`])) {
    fastify.options(path, (request, reply) => {
      const asked = request.headers['access-control-request-headers'];
      reply.header('access-control-allow-methods', METHODS).header('access-control-max-age', PREFLIGHT_SECONDS);
      if (asked !== undefined)
        reply.header('access-control-allow-headers', asked).header('vary', 'Access-Control-Request-Headers');
      return reply.status(204).send();
    });
  }
}
