import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { report } from 'cen-client';
import { TOTP } from 'otpauth';
import type { Browser, Page } from 'playwright-core';
import { type RunningProcess, runNode } from '../support/child-process.js';
import { launchChromium } from './support/chromium.js';

const PASSWORD = 'four words nobody guesses';
const PROJECT = resolve(__dirname, '../..');

let folder: string;
let server: RunningProcess;
let origin: string;
let browser: Browser;

/** The server as `npm start` runs it for the first time, with a database of its own. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cen-console-'));
  const port = await freePort();
  origin = `http://localhost:${port}`;
  server = runNode([join(PROJECT, 'dist/main.js')], {
    NODE_ENV: 'development',
    PORT: String(port),
    DATA_DIR: folder,
    RESPONSE_FLOOR_MS: '0',
    MIN_BATCH_CENS: '0',
  });
  browser = await launchChromium();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  server.kill('SIGTERM');
  await server.ended;
  rmSync(folder, { recursive: true, force: true });
});

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((done) => probe.listen(0, '127.0.0.1', done));
  const address = probe.address();
  await new Promise((done) => probe.close(done));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** A browser of somebody's own. */
async function newPage(): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-GB' });
  return context.newPage();
}

/** Uses a one-time link as whoever was given it does. @param withTotp whether to scan the QR code, or to go on without */
async function accept(page: Page, link: string, withTotp: boolean): Promise<void> {
  await page.goto(link);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByLabel('Once more').fill(PASSWORD);
  await page.getByRole('button', { name: 'Next' }).click();
  if (!withTotp) return page.getByRole('button', { name: 'Go on without' }).click();
  const secret = ((await page.locator('.secret').textContent()) ?? '').replaceAll(' ', '');
  await page.getByLabel('Code that the app shows now').fill(new TOTP({ secret }).generate());
  await page.getByRole('button', { name: 'Finish' }).click();
  await page.getByLabel('I have kept them').check();
  expect(await page.locator('.recovery-codes li').count()).toBe(10);
  await page.getByRole('button', { name: 'Go on' }).click();
}

/** Invites a manager as the operator who is signed in on the page. @returns the link to hand over */
async function inviteManager(page: Page): Promise<string> {
  await page.getByRole('link', { name: 'Authorities' }).click();
  await page.getByRole('button', { name: 'Team of default' }).click();
  return invite(page, 'chief.west', 'manager');
}

/** Invites somebody on the page that lists an authority's members. @returns the link to hand over */
async function invite(page: Page, login: string, role?: string): Promise<string> {
  await page.getByRole('button', { name: 'Invite somebody' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill(login);
  if (role !== undefined) await dialog.getByLabel('Role').selectOption(role);
  await dialog.getByRole('button', { name: 'Invite somebody' }).click();
  const handed = page.getByRole('dialog', { name: `One-time link for ${login}` });
  return (await handed.locator('.secret').textContent()) ?? '';
}

test('from the operator’s first start to a patient’s number that is redeemed', async () => {
  const announced = await server.said(/First operator +(\S+)/);
  const operator = await newPage();
  await accept(operator, announced[1]!, true);
  await operator.getByRole('navigation', { name: 'Main navigation' }).waitFor();
  expect(operator.url()).not.toContain('#');

  const manager = await newPage();
  await accept(manager, await inviteManager(operator), true);
  const link = await invite(manager, 'nurse.west');

  const nurse = await newPage();
  await accept(nurse, link, false);
  // One key: the button has the focus.
  await nurse.getByRole('button', { name: 'New number' }).waitFor();
  await nurse.keyboard.press('Enter');
  const shown = nurse.getByTestId('number');
  await shown.waitFor();
  expect(await shown.locator('span').allTextContents()).toEqual(Array(3).fill(expect.stringMatching(/^\d{4}$/)));
  const number = ((await shown.textContent()) ?? '').replace(/\D/g, '');

  const send = () =>
    report({
      baseUrl: origin,
      credential: { kind: 'permission', number },
      groups: [{ cell: 0n, cens: new Uint8Array(randomBytes(160)) }],
    });
  expect(await send()).toEqual({ status: 'accepted' });
  expect(await send()).toMatchObject({ status: 'refused' });

  const used = await browser.newContext({ locale: 'en-GB' });
  const late = await used.newPage();
  await late.goto(link);
  await late.getByText('This link no longer works').waitFor();
}, 240_000);
