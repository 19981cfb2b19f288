// One keep-alive connection, on bare sockets: between the last byte of a request and the last of its answer lies nothing but the server.
import net from 'node:net';
import { once } from 'node:events';
import { performance } from 'node:perf_hooks';

export class KeepAlive {
  #socket;
  #received = [];
  #answered = () => {};

  static async to(url) {
    const { hostname, port } = new URL(url);
    const socket = net.connect(Number(port), hostname);
    await once(socket, 'connect');
    return new KeepAlive(socket.setNoDelay(true));
  }

  constructor(socket) {
    this.#socket = socket;
    socket.on('data', (piece) => {
      const at = performance.now();
      this.#received.push(piece);
      const bytes = Buffer.concat(this.#received);
      if (bytes.length >= lengthOf(bytes)) this.#answered({ at, bytes });
    });
    socket.on('close', () => this.#answered({ error: new Error('the server closed the connection') }));
  }

  /** Sends a whole request and waits for its whole answer: status, bytes on the wire, milliseconds in between. */
  async exchange(request) {
    this.#received = [];
    const answered = new Promise((resolve) => (this.#answered = resolve));
    const sent = performance.now();
    this.#socket.write(request);
    const { at, bytes, error } = await answered;
    if (error) throw error;
    return { status: Number(bytes.toString('latin1', 9, 12)), bytes: bytes.length, milliseconds: at - sent };
  }

  close() {
    this.#socket.destroy();
  }
}

/** Of the whole answer, as soon as its head is there. */
function lengthOf(bytes) {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return Infinity;
  const [, length] = /content-length: *(\d+)/i.exec(bytes.toString('latin1', 0, end)) ?? [];
  return end + 4 + Number(length);
}
