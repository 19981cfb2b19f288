import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { type Person, StaffServer } from '../../e2e/staff/staff-fixture.js';
import type { TestServerOptions } from '../../support/test-server.js';
import { launchChromium } from './chromium.js';

/** A person at a browser. */
export interface Visitor {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Everything that the page logged as an error: a broken Content-Security-Policy is one. */
  readonly errors: string[];
}

/** The console on a real server, and Chromium before it. */
export class ConsoleFixture {
  private constructor(
    readonly staff: StaffServer,
    readonly browser: Browser,
  ) {}

  static async start(options: TestServerOptions = {}): Promise<ConsoleFixture> {
    // First: where there is none, no server is left running.
    const browser = await launchChromium();
    return new ConsoleFixture(await StaffServer.start(options), browser);
  }

  get origin(): string {
    return `http://localhost:${this.staff.server.port}`;
  }

  url(path: string): string {
    return `${this.origin}/console${path}`;
  }

  /** A browser of its own, in English unless told otherwise. */
  async visitor(options: BrowserContextOptions = {}): Promise<Visitor> {
    const context = await this.browser.newContext({ locale: 'en-GB', timezoneId: 'UTC', ...options });
    const page = await context.newPage();
    const errors: string[] = [];
    page.on('console', (message) => {
      // Chromium logs each answer of 4xx; what the page makes of it is looked at elsewhere.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
        errors.push(message.text());
    });
    page.on('pageerror', (error) => errors.push(String(error)));
    return { page, context, errors };
  }

  /** A browser in which somebody has signed in already. */
  async visitorFor(person: Person, options: BrowserContextOptions = {}): Promise<Visitor> {
    const visitor = await this.visitor(options);
    const value = person.browser.cookie('cen') ?? '';
    await visitor.context.addCookies([{ name: 'cen', value, url: this.origin, httpOnly: true, sameSite: 'Strict' }]);
    return visitor;
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.staff.close();
  }
}
