import { randomUUID } from 'node:crypto';
import { latLngToCell } from 'h3-js';
import type { BrowserContextOptions } from 'playwright-core';
import { Staff } from '../../../src/staff/index.js';
import { parse, type Person } from '../../e2e/staff/staff-fixture.js';
import { randomCens } from '../../support/packed-report.js';
import type { TestServer } from '../../support/test-server.js';
import type { ConsoleFixture, Visitor } from './console-fixture.js';

/** An authority at work: enough to see each view as it is in use. */
export interface Stage {
  readonly operator: Person;
  readonly manager: Person;
  readonly issuer: Person;
  readonly auditor: Person;
  readonly authority: string;
  /** Keeps the logins of a second stage on the same server apart; empty on the first. */
  readonly suffix: string;
  /** A one-time link's secret that nobody has used. */
  readonly invitation: string;
}

/** @param suffix for another stage on the same server */
export async function setStage({ staff }: ConsoleFixture, suffix = ''): Promise<Stage> {
  const place = `west${suffix}`;
  // First of all, and once: an hour passes, and with it every session.
  if (suffix === '') await publish(staff.server);
  const operator = await staff.operator(`night.operator${suffix}`);
  const authority = await staff.authority(operator, `Health office ${place}`);
  const invite = async (login: string, role: string): Promise<string> => {
    const path = `/admin/v1/authorities/${authority}/members`;
    return parse<{ link: { token: string } }>(await operator.browser.send('POST', path, { login, role })).link.token;
  };
  const manager = await staff.accept(await invite(`chief.${place}`, 'manager'));
  const issuer = await staff.accept(await invite(`nurse.${place}`, 'issuer'));
  const auditor = await staff.accept(await invite(`auditor.${place}`, 'auditor'));
  await staff.apiKey(manager, authority, { label: 'laboratory west', sourceRanges: ['192.0.2.0/24'], dailyQuota: 500 });
  const sites = `/admin/v1/authorities/${authority}/upload-sites`;
  await manager.browser.send('POST', sites, { name: 'Harbour clinic', ranges: ['198.51.100.0/24', '2001:db8:5::/48'] });
  await manager.browser.send('POST', sites, { name: 'Test centre', ranges: ['198.51.100.128/26'] });
  await invite(`intern.${place}`, 'issuer');
  for (const count of [1, 40, 1]) {
    const order = { requestId: randomUUID(), count };
    await issuer.browser.send('POST', '/admin/v1/permission-numbers', order);
  }
  const { link } = await staff.server.app.get(Staff).createOperator(`day.operator${suffix}`);
  return { operator, manager, issuer, auditor, authority, suffix, invitation: link.token };
}

/** Latitude and longitude of some cities, and how many people report there. */
const CITIES = [
  [48.2, 16.37, 6],
  [47.07, 15.44, 4],
  [50.08, 14.43, 5],
  [48.14, 11.58, 7],
  [45.46, 9.19, 8],
  [52.52, 13.4, 6],
  [35.7, 139.7, 1],
] as const;
const HOUR = 3600;

/** Settings of a server on which these reports are divided by place. */
export const STAGE_SETTINGS = { MIN_REPORTS: '2', SPLIT_ABOVE: '200' };

/** A slot's worth of reports, published region by region. */
async function publish(server: TestServer): Promise<void> {
  const numbers = await server.mint(CITIES.reduce((sum, [, , people]) => sum + people, 0));
  for (const [latitude, longitude, people] of CITIES) {
    const cell = BigInt(`0x${latLngToCell(latitude, longitude, 3)}`);
    for (let person = 0; person < people; person++) {
      const groups = [{ cell, cens: randomCens(20 + 5 * person) }];
      await server.report({ number: numbers.pop()!, groups });
    }
  }
  await server.moveClock(HOUR);
  await server.seal();
}

/** A view as somebody sees it. */
export interface StagedView {
  readonly name: string;
  readonly open: (fixture: ConsoleFixture, stage: Stage, options: BrowserContextOptions) => Promise<Visitor>;
}

type Who = 'operator' | 'manager' | 'issuer' | 'auditor';

/** A view of somebody who is signed in, once what it fetches is there. */
function viewOf(
  who: Who,
  path: string,
  what = '',
  then: (visitor: Visitor) => Promise<void> = async () => {},
): StagedView {
  return {
    name: [path.slice(1).replaceAll('/', '-'), what, who].filter(Boolean).join('-'),
    async open(fixture, stage, options) {
      const visitor = await fixture.visitorFor(stage[who], options);
      await visitor.page.goto(fixture.url(path));
      await settled(visitor);
      await then(visitor);
      return visitor;
    },
  };
}

/** Waits until nothing is on its way any more. */
async function settled({ page }: Visitor): Promise<void> {
  await page.locator('h1').waitFor();
  await page.waitForFunction(() => document.querySelector('.skeleton') === null);
}

/** Every view, for each role that sees it differently. */
export function everyView(): StagedView[] {
  return [
    {
      name: 'sign-in',
      async open(fixture, _stage, options) {
        const visitor = await fixture.visitor(options);
        await visitor.page.goto(fixture.url('/'));
        await settled(visitor);
        return visitor;
      },
    },
    {
      name: 'invitation',
      async open(fixture, { invitation }, options) {
        const visitor = await fixture.visitor(options);
        await visitor.page.goto(fixture.url(`/invitation#${invitation}`));
        await settled(visitor);
        return visitor;
      },
    },
    {
      name: 'invitation-authenticator',
      async open(fixture, { invitation }, options) {
        const visitor = await fixture.visitor(options);
        await visitor.page.goto(fixture.url(`/invitation#${invitation}`));
        await settled(visitor);
        await visitor.page.getByLabel('Password', { exact: true }).fill('four words nobody guesses');
        await visitor.page.getByLabel('Once more').fill('four words nobody guesses');
        await visitor.page.getByRole('button', { name: 'Next' }).click();
        await visitor.page.getByLabel('Code that the app shows now').waitFor();
        return visitor;
      },
    },
    viewOf('issuer', '/mint'),
    viewOf('issuer', '/mint', 'number', async ({ page }) => {
      await page.getByRole('button', { name: 'New number' }).click();
      await page.getByTestId('number').waitFor();
      await page.getByRole('img', { name: 'QR code of the number' }).waitFor();
    }),
    viewOf('issuer', '/mint', 'batch', async ({ page }) => {
      await page.getByRole('button', { name: 'Several at once' }).click();
      await page.getByRole('button', { name: 'Mint them' }).waitFor();
    }),
    viewOf('manager', '/team'),
    viewOf('manager', '/team', 'invite', async ({ page }) => {
      await page.getByRole('button', { name: 'Invite somebody' }).click();
      await page.getByRole('dialog').waitFor();
    }),
    viewOf('manager', '/team', 'member', async ({ page }) => {
      await page.getByRole('button', { name: 'Change nurse.west' }).click();
      await page.getByRole('dialog').waitFor();
    }),
    viewOf('manager', '/team', 'key', async ({ page }) => {
      await page.getByRole('button', { name: 'New key' }).click();
      await page.getByRole('dialog').waitFor();
    }),
    viewOf('manager', '/orders'),
    viewOf('auditor', '/audit'),
    viewOf('operator', '/audit'),
    viewOf('manager', '/account'),
    viewOf('operator', '/system'),
    viewOf('operator', '/figures'),
    viewOf('auditor', '/figures'),
    viewOf('operator', '/authorities'),
    viewOf('operator', '/authorities', 'new', async ({ page }) => {
      await page.getByRole('button', { name: 'New authority' }).click();
      await page.getByRole('dialog').waitFor();
    }),
    viewOf('operator', '/authorities', 'team', async ({ page }) => {
      await page
        .getByRole('button', { name: /Team of Health office/ })
        .first()
        .click();
      await page.getByRole('button', { name: 'Invite somebody' }).waitFor();
    }),
    viewOf('operator', '/sites'),
    viewOf('manager', '/sites', 'new', async ({ page }) => {
      await page.getByRole('button', { name: 'Add a site' }).click();
      await page.getByRole('dialog').waitFor();
    }),
    viewOf('operator', '/regions'),
    viewOf('operator', '/regions', 'preview', async ({ page }) => {
      await page.getByRole('button', { name: 'Work it out' }).click();
      await page.getByText('Median phone a day').waitFor();
    }),
  ];
}
