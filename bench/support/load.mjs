// Load on a server over raw sockets: node:http as a client takes as long as the server, and would be what is measured.
import net from 'node:net';

const HEAD_END = Buffer.from('\r\n\r\n');

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
    const socket = net.connect(address, () => socket.write(request));
    const expected = Buffer.from(`HTTP/1.1 ${status} `);
    let answers = 0;
    let head = Buffer.alloc(0);
    let bodyLeft = 0;
    socket.on('error', reject);
    // After the last answer this changes nothing any more.
    socket.on('close', () => reject(new Error('the server has closed a connection')));
    socket.on('data', (piece) => {
      let rest = piece;
      while (rest.length > 0) {
        if (bodyLeft > 0) {
          const taken = Math.min(bodyLeft, rest.length);
          bodyLeft -= taken;
          rest = rest.subarray(taken);
        } else {
          head = head.length === 0 ? rest : Buffer.concat([head, rest]);
          const headEnd = head.indexOf(HEAD_END);
          if (headEnd < 0) return;
          if (head.compare(expected, 0, expected.length, 0, expected.length) !== 0) {
            socket.destroy(new Error(`${status} expected, answered: ${head.toString('latin1', 0, headEnd)}`));
            return;
          }
          bodyLeft = status === 304 ? 0 : bodyLength(head, headEnd);
          rest = head.subarray(headEnd + HEAD_END.length);
          head = Buffer.alloc(0);
        }
        if (bodyLeft > 0) continue;
        answers += 1;
        if (performance.now() < end) socket.write(request);
        else socket.end(() => resolve(answers));
      }
    });
  });
}

function bodyLength(head, headEnd) {
  const [, length] = /\r\ncontent-length: (\d+)/i.exec(head.toString('latin1', 0, headEnd)) ?? [];
  if (length === undefined) throw new Error('an answer without Content-Length');
  return Number(length);
}
