import type { FastifyInstance } from 'fastify';
import type { ProblemDefinition, ProblemTable } from './platform/http/index.js';
import { PROBLEMS } from './problems.js';

const HTML = 'text/html; charset=utf-8';
const STYLE = 'body{font:16px/1.5 system-ui;max-width:40rem;margin:3rem auto;padding:0 1rem;color-scheme:light dark}';

/** Serves what each problem means and what to do about it: the page that its `type` names. */
export function serveProblemPages(fastify: FastifyInstance): void {
  const table: ProblemTable = PROBLEMS;
  fastify.get('/problems', (_request, reply) => {
    const items = Object.entries(table).map(
      ([code, { title, status }]) => `<li><a href="/problems/${code}"><code>${code}</code></a> ${status} ${title}</li>`,
    );
    return reply.type(HTML).send(page('Problems', `<ul>${items.join('')}</ul>`));
  });
  for (const [code, definition] of Object.entries(table)) {
    fastify.get(`/problems/${code}`, (_request, reply) => reply.type(HTML).send(problemPage(code, definition)));
  }
}

function problemPage(code: string, { title, status, detail, remedy }: ProblemDefinition): string {
  return page(
    title,
    `<p><code>${code}</code>, HTTP status ${status}</p><p>${detail}</p><p><strong>What to do:</strong> ${remedy}</p>`,
  );
}

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><style>${STYLE}</style><h1>${title}</h1>${body}<p><a href="/problems">All problems</a> · <a href="/docs">API</a></p></html>`;
}
