import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startTestServer, type TestServer } from '../support/test-server.js';

const DOCS = join(__dirname, '../../docs');
const RULES = readFileSync(join(DOCS, 'operations/prometheus-alerts.yml'), 'utf8');
const WATCHING = /^## Watching$([^]*?)^## /m.exec(readFileSync(join(DOCS, 'operations.md'), 'utf8'))![1]!;

let server: TestServer;
let metrics: string[];

beforeAll(async () => {
  server = await startTestServer();
  const text = (await server.get('/metrics')).body.toString();
  metrics = [...text.matchAll(/^# TYPE (\w+) /gm)].map(([, name]) => name!);
});
afterAll(() => server.close());

const namedIn = (text: string): string[] => [...new Set(text.match(/\bcen_\w+/g))].sort();
const withoutSuffix = (name: string): string => name.replace(/_(bucket|sum|count)$/, '');

test('every metric of the example rules exists', () => {
  const expressions = RULES.match(/^ +expr: .*$/gm)!.join('\n');
  const named = namedIn(expressions);
  expect(named.length).toBeGreaterThan(4);
  expect(named.filter((name) => !metrics.includes(name) && !metrics.includes(withoutSuffix(name)))).toEqual([]);
});

test('docs/operations.md names every metric of the server, and no other', () => {
  expect(namedIn(WATCHING)).toEqual(metrics.filter((name) => name.startsWith('cen_')).sort());
});

test('each rule has an expression, a severity and a summary', () => {
  const rules = RULES.split(/^ +- alert: /m).slice(1);
  for (const rule of rules) expect(rule).toMatch(/expr: [^]*severity: (page|ticket)\n[^]*summary: '/);
});
