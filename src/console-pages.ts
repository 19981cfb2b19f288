import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Logger } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from './platform/config/index.js';

/** What `npm run build` made of `console/`; from `src` and `dist` alike. */
const BUILT = fileURLToPath(new URL('../console/dist', import.meta.url));

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/**
 * The page runs its own files and asks its own server; nothing else may run, load, embed it or receive a form. The console
 * writes no HTML from text, so that Trusted Types allow none (ADR 0020).
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

const SECURITY_HEADERS = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=(), display-capture=()',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  // For browsers from before frame-ancestors.
  'x-frame-options': 'DENY',
} as const;

/** Whoever has once come by TLS keeps to it (RFC 6797): a year. The sign-in page must not be had without. */
const STRICT_TRANSPORT = { 'strict-transport-security': 'max-age=31536000' } as const;

/** The name of an asset changes with its content. */
const FOR_EVER = 'public, max-age=31536000, immutable';

type Encoding = 'br' | 'gzip' | 'identity';

interface BuiltFile {
  readonly mediaType: string;
  readonly content: Readonly<Record<Encoding, Buffer>>;
}

/**
 * Serves the staff's console under `/console`, from memory: its page at every path, so that a link into it works, and its
 * assets by name. Without a build there is none, and a warning.
 */
export function serveConsole(
  fastify: FastifyInstance,
  { production, publicUrl }: Pick<Config, 'production' | 'publicUrl'>,
): void {
  if (!existsSync(join(BUILT, 'index.html'))) {
    new Logger('Console').warn('The console was not built: "npm run build" makes it.');
    return;
  }
  const page = readBuilt('index.html');
  const assets = new Map(namesOfAssets().map((name) => [name, readBuilt(join('assets', name))]));
  const isSecure = production || publicUrl.startsWith('https:');
  const headers = { ...SECURITY_HEADERS, ...(isSecure && STRICT_TRANSPORT) };

  const servePage = (request: FastifyRequest, reply: FastifyReply): FastifyReply =>
    sendFile(request, reply.headers(headers).header('cache-control', 'no-store'), page);
  fastify.get('/console', servePage);
  fastify.get('/console/*', servePage);
  fastify.get<{ Params: { readonly name: string } }>('/console/assets/:name', (request, reply) => {
    const asset = assets.get(request.params.name);
    if (asset === undefined) return reply.callNotFound();
    return sendFile(request, reply.headers(headers).header('cache-control', FOR_EVER), asset);
  });
}

function sendFile(request: FastifyRequest, reply: FastifyReply, { mediaType, content }: BuiltFile): FastifyReply {
  const encoding = encodingFor(request.headers['accept-encoding']);
  if (encoding !== 'identity') reply.header('content-encoding', encoding);
  return reply.header('vary', 'Accept-Encoding').type(mediaType).send(content[encoding]);
}

/** The smallest that the browser takes: a coding with `q=0` it does not (RFC 9110 section 12.5.3). */
function encodingFor(accepted = ''): Encoding {
  const taken = accepted
    .split(',')
    .map((coding) => coding.trim().toLowerCase())
    .filter((coding) => !/;\s*q=0(\.0*)?$/.test(coding))
    .map((coding) => coding.replace(/;.*/, '').trim());
  return (['br', 'gzip'] as const).find((coding) => taken.includes(coding)) ?? 'identity';
}

function namesOfAssets(): string[] {
  return readdirSync(join(BUILT, 'assets')).filter((name) => extname(name) in MEDIA_TYPES);
}

function readBuilt(path: string): BuiltFile {
  const read = (suffix: string): Buffer => readFileSync(join(BUILT, `${path}${suffix}`));
  return { mediaType: MEDIA_TYPES[extname(path)], content: { br: read('.br'), gzip: read('.gz'), identity: read('') } };
}
