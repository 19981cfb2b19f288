// Load on a server over raw sockets: node:http as a client takes as long as the server, and would be what is measured.
import { once } from 'node:events';
import { Answers } from './answers.mjs';
import { connectReading } from './connect-reading.mjs';

/** Connections that stay open, on which one GET after another is sent for as long as it is asked for. */
export class Load {
  #connections;

  /** @param status that of every answer; another one makes {@link put} fail */
  static async on(baseUrl, { path, headers = {}, status, connections }) {
    const url = new URL(baseUrl);
    const lines = Object.entries({ Host: url.host, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
    const request = `GET ${path} HTTP/1.1\r\n${lines.join('')}\r\n`;
    const opened = Array.from({ length: connections }, () => Connection.to(url, request, status));
    return new Load(await Promise.all(opened));
  }

  constructor(connections) {
    this.#connections = connections;
  }

  /** Sends until so many milliseconds have passed. @returns how many `answers` came whole, and how many `perSecond` */
  async put(milliseconds) {
    const begun = performance.now();
    const end = begun + milliseconds;
    const counts = await Promise.all(this.#connections.map((connection) => connection.exchange(end)));
    const answers = counts.reduce((sum, count) => sum + count, 0);
    return { answers, perSecond: answers / ((performance.now() - begun) / 1000) };
  }

  close() {
    for (const connection of this.#connections) connection.close();
  }
}

class Connection {
  #socket;
  #request;
  #end = 0;
  #count = 0;
  #resolve = () => {};
  #reject = () => {};

  static async to(url, request, status) {
    const connection = new Connection(url, request, status);
    await once(connection.#socket, 'connect');
    return connection;
  }

  constructor({ hostname, port }, request, status) {
    this.#request = request;
    const answers = new Answers(status, () => this.#next());
    this.#socket = connectReading({ host: hostname, port: Number(port) }, answers);
    this.#socket.on('error', (error) => this.#reject(error));
    this.#socket.on('close', () => this.#reject(new Error('the server has closed a connection')));
  }

  /** One request after another until `end`; how many answers came whole. */
  exchange(end) {
    this.#end = end;
    this.#count = 0;
    return new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
      this.#ask();
    });
  }

  /** A connection that was closed between two turns tells it here alone. */
  #ask() {
    this.#socket.write(this.#request, (error) => error && this.#reject(error));
  }

  #next() {
    this.#count += 1;
    if (performance.now() < this.#end) this.#ask();
    else this.#resolve(this.#count);
  }

  close() {
    this.#socket.destroy();
  }
}
