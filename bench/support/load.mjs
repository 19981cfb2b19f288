// Load on a server over raw sockets: node:http as a client takes as long as the server, and would be what is measured.
import { Answers } from './answers.mjs';
import { connectReading } from './connect-reading.mjs';

/**
 * Sends one GET after another on each of so many connections for so long.
 * @returns how many `answers` came, and how many of them `perSecond`. Throws when one has another status than `status`.
 */
export async function putLoad(baseUrl, { path, headers = {}, status, connections, milliseconds }) {
  const { hostname, port, host } = new URL(baseUrl);
  const lines = Object.entries({ Host: host, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  const request = `GET ${path} HTTP/1.1\r\n${lines.join('')}\r\n`;
  const begun = performance.now();
  const end = begun + milliseconds;
  const counts = await Promise.all(
    Array.from({ length: connections }, () => exchange({ host: hostname, port: Number(port) }, request, status, end)),
  );
  const answers = counts.reduce((sum, count) => sum + count, 0);
  return { answers, perSecond: answers / ((performance.now() - begun) / 1000) };
}

/** One connection until `end`: how many answers came whole. */
function exchange(address, request, status, end) {
  return new Promise((resolve, reject) => {
    let count = 0;
    const answers = new Answers(status, () => {
      count += 1;
      if (performance.now() < end) socket.write(request);
      else socket.end(() => resolve(count));
    });
    const socket = connectReading(address, answers, () => socket.write(request));
    socket.on('error', reject);
    // After the last answer this changes nothing any more.
    socket.on('close', () => reject(new Error('the server has closed a connection')));
  });
}
