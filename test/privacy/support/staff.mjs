// The health authority's half of the load: an operator, and a laboratory system that mints and revokes by API key.
import { randomUUID } from 'node:crypto';
import { TOTP } from 'otpauth';
import { send } from '../../faults/support/http.mjs';

const PASSWORD = 'four words nobody guesses';

/** Signs a fresh operator in, and makes it a key of the authority `default`. */
export async function signInStaff(server) {
  const { link } = await server.command('operator', 'create', '--name', 'privacy.operator');
  const { token } = link;
  const offer = await ask(server, 'POST', 'invitations/offer', { body: { token } });
  const { secret, offer: totpOffer } = offer.totp;
  const totp = { offer: totpOffer, code: new TOTP({ secret }).generate() };
  const session = {};
  const body = { token, password: PASSWORD, totp };
  const { csrfToken } = await ask(server, 'POST', 'invitations/acceptance', { body, session });
  session.csrf = csrfToken;
  const { authorities } = await ask(server, 'GET', 'authorities', { session });
  const { id } = authorities.find(({ name }) => name === 'default');
  const made = await ask(server, 'POST', `authorities/${id}/api-keys`, { body: { label: 'lab' }, session });
  return new HealthAuthority(server, id, session, made.text);
}

/** Acts for the authority, over HTTP. */
class HealthAuthority {
  #server;
  #session;
  #key;

  constructor(server, id, session, key) {
    this.id = id;
    this.#server = server;
    this.#session = session;
    this.#key = key;
  }

  /** Mints, and asks for the same order again, whose answer was lost. */
  async mint(count) {
    const body = { requestId: randomUUID(), count, validityHours: 24 };
    const orders = [await this.#withKey('permission-numbers', body), await this.#withKey('permission-numbers', body)];
    if (String(orders[0].numbers) !== String(orders[1].numbers)) throw new Error('a repeated order gave other numbers');
    return orders[0];
  }

  async revoke(body) {
    await this.#withKey('permission-numbers/revocations', body);
  }

  /** All figures, as text. */
  async figures() {
    const own = await ask(this.#server, 'GET', `authorities/${this.id}/statistics`, { session: this.#session });
    const all = await ask(this.#server, 'GET', 'statistics', { session: this.#session });
    return { own, text: JSON.stringify([own, all]) };
  }

  #withKey(path, body) {
    return ask(this.#server, 'POST', path, { body, headers: { authorization: `Bearer ${this.#key}` } });
  }
}

async function ask(server, method, path, { body, session = {}, headers = {} }) {
  const answer = await send(`${server.url}/admin/v1/${path}`, {
    method,
    body: body === undefined ? undefined : JSON.stringify(body),
    headers: {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(session.cookie !== undefined && { cookie: session.cookie }),
      ...(session.csrf !== undefined && { 'x-cen-csrf': session.csrf }),
      ...headers,
    },
  });
  if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status}`);
  const [cookie] = answer.headers['set-cookie'] ?? [];
  if (cookie !== undefined) session.cookie = cookie.split(';')[0];
  return answer.status === 204 ? undefined : JSON.parse(answer.body);
}
