// A reader that costs next to nothing: it looks at no byte of what it gets, and each read goes into the same memory.
import { once } from 'node:events';
import { Answers } from './answers.mjs';
import { connectReading } from './connect-reading.mjs';

export class PassingReader {
  #socket;
  #host;
  #settle = () => {};

  static async to(url) {
    const reader = new PassingReader(new URL(url));
    await once(reader.#socket, 'connect');
    return reader;
  }

  constructor({ hostname, port, host }) {
    const answers = new Answers(200, () => this.#settle());
    this.#host = host;
    this.#socket = connectReading({ host: hostname, port: Number(port) }, answers);
    this.#socket.on('error', (error) => this.#settle(error));
    this.#socket.on('close', () => this.#settle(new Error('the server has closed a connection')));
  }

  /** Reads a path to its end, one at a time. Throws when it is not answered 200. */
  read(path) {
    return new Promise((resolve, reject) => {
      this.#settle = (error) => (error === undefined ? resolve() : reject(error));
      this.#socket.write(`GET ${path} HTTP/1.1\r\nHost: ${this.#host}\r\n\r\n`, (error) => error && reject(error));
    });
  }

  close() {
    this.#socket.destroy();
  }
}
