import http, { type IncomingMessage, type Server } from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { once } from 'node:events';
import type { AnsweredRequest } from './access-log.js';
import { type EarlyAnswer, installEarlyAnswers } from './early-answers.js';

const BODY = Buffer.from('known');

function answer({ url }: IncomingMessage): EarlyAnswer | undefined {
  if (url === '/broken') throw new Error('broken');
  return url === '/known' ? { status: 200, headers: { etag: '"1"' }, body: BODY, route: '/:name' } : undefined;
}

let server: Server;
let observed: AnsweredRequest[];
/** Answers what waits in the application. */
let release: () => void;

beforeEach(async () => {
  observed = [];
  const released = new Promise<void>((resolve) => (release = resolve));
  server = http.createServer(({ url }, response) => {
    const end = () => response.end(`application: ${url}`);
    if (url === '/slow') void released.then(end);
    else end();
  });
  installEarlyAnswers(server, answer, [(answered) => observed.push(answered)]);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => {
  release();
  server.close();
});

const port = () => (server.address() as AddressInfo).port;

it('answers what is known, with the headers that let any origin read it, and tells the observers', async () => {
  const answered = await fetch(`http://127.0.0.1:${port()}/known`);
  expect(await answered.text()).toBe('known');
  expect(answered.headers.get('etag')).toBe('"1"');
  expect(answered.headers.get('access-control-allow-origin')).toBe('*');
  expect(observed).toEqual([{ method: 'GET', route: '/:name', status: 200, seconds: expect.any(Number) as number }]);
});

it.each(['/other', '/broken'])('leaves what is not known, or fails, to the application: %s', async (path) => {
  const answered = await fetch(`http://127.0.0.1:${port()}${path}`);
  expect(await answered.text()).toBe(`application: ${path}`);
  // The application tells for itself.
  expect(observed).toEqual([]);
});

it.each([
  ['POST', 'content-length: 0', ''],
  ['GET', 'content-length: 2', '{}'],
  ['GET', 'transfer-encoding: chunked', '0\r\n\r\n'],
  ['GET', 'content-encoding: gzip', ''],
])('leaves %s with %s to the application', async (method, header, body) => {
  const socket = net.connect(port(), '127.0.0.1');
  const received = socket.setEncoding('utf8').toArray();
  socket.write(`${method} /known HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n${header}\r\n\r\n${body}`);
  expect((await received).join('')).toContain('application: /known');
});

it('leaves everything to the application while the server closes', async () => {
  const socket = net.connect(port(), '127.0.0.1');
  const ask = (path: string) => socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
  const received = socket.setEncoding('utf8').toArray();
  const isAsked = once(server, 'request');
  ask('/slow');
  await isAsked;
  server.close();
  const isAskedAgain = once(server, 'request');
  ask('/known');
  await isAskedAgain;
  release();
  socket.end();
  const answers = (await received).join('');
  expect(answers).toContain('application: /slow');
  expect(answers).toContain('application: /known');
});
