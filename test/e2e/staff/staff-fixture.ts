import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { TOTP } from 'otpauth';
import type { Role } from '../../../src/staff/index.js';
import { Staff } from '../../../src/staff/index.js';
import { AuthenticatorClock } from '../../../src/staff/members/totp.js';
import type { HttpAnswer } from '../../support/http-client.js';
import { startTestServer, type TestServer, type TestServerOptions } from '../../support/test-server.js';

export const PASSWORD = 'four words nobody guesses';

/** A browser: keeps cookies and the CSRF token, and sends them as one would. */
export class Browser {
  private readonly cookies = new Map<string, string>();
  csrf: string | undefined;
  address = '203.0.113.7';

  constructor(private readonly server: TestServer) {}

  async send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<HttpAnswer> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await this.server.request({
      method,
      path,
      headers: {
        'x-forwarded-for': this.address,
        ...(cookie !== '' && { cookie }),
        ...(this.csrf !== undefined && { 'x-cen-csrf': this.csrf }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    for (const line of [answer.headers['set-cookie'] ?? []].flat()) this.#keep(String(line));
    const isJson = String(answer.headers['content-type']).startsWith('application/json');
    if (answer.status === 200 && isJson && path.startsWith('/admin/v1/') && path !== '/admin/v1/sessions') {
      this.csrf = (parse(answer) as { csrfToken?: string }).csrfToken ?? this.csrf;
    }
    return answer;
  }

  cookie(name: string): string | undefined {
    return this.cookies.get(name);
  }

  setCookie(name: string, value: string): void {
    this.cookies.set(name, value);
  }

  #keep(line: string): void {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
    if (value === '') this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}

/** The JSON body of an answer. */
export function parse<T = Record<string, unknown>>(answer: HttpAnswer): T {
  return JSON.parse(answer.body.toString()) as T;
}

export function codeOf(answer: HttpAnswer): unknown {
  return parse(answer)['code'];
}

/** Somebody who has signed in. */
export interface Person {
  readonly id: string;
  readonly login: string;
  readonly browser: Browser;
  /** The authenticator's present code; moves the authenticators' time on so that it has not been used. */
  nextCode(): string;
  readonly recoveryCodes: string[];
}

/** The staff's half of a server. */
export class StaffServer {
  private authenticatorTime = Date.now() / 1000;

  private constructor(readonly server: TestServer) {
    server.app.get(AuthenticatorClock, { strict: false }).now = () => this.authenticatorTime;
  }

  static async start(options: TestServerOptions = {}): Promise<StaffServer> {
    return new StaffServer(
      await startTestServer({ ...options, settings: { TRUSTED_PROXY_HOPS: '1', ...options.settings } }),
    );
  }

  /** A code of an authenticator that no earlier one equals. */
  code(secret: string): string {
    this.authenticatorTime += 30;
    return this.codeNow(secret);
  }

  codeNow(secret: string): string {
    return new TOTP({ secret }).generate({ timestamp: this.authenticatorTime * 1000 });
  }

  /** Uses a link as a browser does. @param withTotp whether to set an authenticator up */
  async accept(token: string, withTotp = true, browser = new Browser(this.server)): Promise<Person> {
    const invitation = parse<{ login: string; totp: { secret: string; offer: string } }>(
      await browser.send('POST', '/admin/v1/invitations/offer', { token }),
    );
    const { secret, offer } = invitation.totp;
    const answer = await browser.send('POST', '/admin/v1/invitations/acceptance', {
      token,
      password: PASSWORD,
      ...(withTotp && { totp: { offer, code: this.code(secret) } }),
    });
    if (answer.status !== 200) throw new Error(answer.body.toString());
    const { member, recoveryCodes } = parse<{ member: { id: string }; recoveryCodes: string[] }>(answer);
    return { id: member.id, login: invitation.login, browser, recoveryCodes, nextCode: () => this.code(secret) };
  }

  async operator(login = `operator.${randomBytes(4).toString('hex')}`): Promise<Person> {
    const { link } = await this.server.app.get(Staff).createOperator(login);
    return this.accept(link.token);
  }

  async authority(operator: Person, name = `authority ${randomUUID()}`): Promise<string> {
    return parse<{ id: string }>(await this.sendConfirmed(operator, '/admin/v1/authorities', { name })).id;
  }

  async member(by: Person, authorityId: string, role: Role, withTotp = true): Promise<Person> {
    const login = `${role}.${randomBytes(4).toString('hex')}`;
    const answer = await this.sendConfirmed(by, `/admin/v1/authorities/${authorityId}/members`, { login, role });
    if (answer.status !== 201) throw new Error(answer.body.toString());
    return this.accept(parse<{ link: { token: string } }>(answer).link.token, withTotp);
  }

  /** Posts; gives password and code first, as the console does, when they were given too long ago. */
  private async sendConfirmed({ browser, nextCode }: Person, path: string, body: object): Promise<HttpAnswer> {
    const answer = await browser.send('POST', path, body);
    if (answer.status !== 403 || codeOf(answer) !== 'confirmation-required') return answer;
    await browser.send('POST', '/admin/v1/session/confirmation', { password: PASSWORD, code: nextCode() });
    return browser.send('POST', path, body);
  }

  async apiKey(by: Person, authorityId: string, more: object = {}): Promise<{ id: string; text: string }> {
    const answer = await by.browser.send('POST', `/admin/v1/authorities/${authorityId}/api-keys`, {
      label: 'lab',
      ...more,
    });
    const { apiKey, text } = parse<{ apiKey: { id: string }; text: string }>(answer);
    return { id: apiKey.id, text };
  }

  signIn(person: Person, browser: Browser, more: { password?: string; code?: string } = {}): Promise<HttpAnswer> {
    return browser.send('POST', '/admin/v1/session', {
      login: person.login,
      password: PASSWORD,
      code: more.code ?? person.nextCode(),
      ...more,
    });
  }

  browser(address = '203.0.113.7'): Browser {
    const browser = new Browser(this.server);
    browser.address = address;
    return browser;
  }

  async close(): Promise<void> {
    await this.server.close();
  }
}

export function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
