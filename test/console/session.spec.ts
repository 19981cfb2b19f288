import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PASSWORD } from '../e2e/staff/staff-fixture.js';
import { ConsoleFixture, type Visitor } from './support/console-fixture.js';
import { setStage, type Stage } from './support/stage.js';

const IDLE_SECONDS = 1200;

let fixture: ConsoleFixture;
let stage: Stage;
let visitor: Visitor;
let stages = 0;

beforeAll(async () => {
  fixture = await ConsoleFixture.start();
});
beforeEach(async () => {
  stage = await setStage(fixture, `.${++stages}`);
});
afterEach(async () => {
  await visitor.context.close();
});
afterAll(() => fixture.close());

const mintNumber = async ({ page }: Visitor): Promise<string> => {
  await page.getByRole('button', { name: 'New number' }).click();
  const number = page.getByTestId('number');
  await number.waitFor();
  return ((await number.textContent()) ?? '').replace(/\D/g, '');
};

describe('a session that ends in the middle of a form', () => {
  it('asks to sign in over it, and then sends what was entered', async () => {
    visitor = await fixture.visitorFor(stage.manager);
    const { page } = visitor;
    await page.goto(fixture.url('/team'));
    await page.getByRole('button', { name: 'Invite somebody' }).click();
    const form = page.getByRole('dialog', { name: 'Invite somebody' });
    await form.getByLabel('Name').fill(`newcomer${stage.suffix}`);
    await form.getByLabel('Numbers per day').fill('77');
    await fixture.staff.server.moveClock(IDLE_SECONDS + 60);
    await form.getByRole('button', { name: 'Invite somebody' }).click();

    const again = page.getByRole('dialog', { name: 'Please sign in again' });
    await again.getByLabel('Password', { exact: true }).fill('not my password');
    await again.getByLabel('Code of your authenticator').fill(stage.manager.nextCode());
    await again.getByRole('button', { name: 'Sign in and go on' }).click();
    await again.getByRole('alert').waitFor();
    await again.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await again.getByLabel('Code of your authenticator').fill(stage.manager.nextCode());
    await again.getByRole('button', { name: 'Sign in and go on' }).click();

    const link = page.getByRole('dialog', { name: `One-time link for newcomer${stage.suffix}` });
    await link.getByRole('button', { name: 'Close' }).click();
    const row = page.getByRole('row').filter({ hasText: `newcomer${stage.suffix}` });
    expect(await row.textContent()).toContain('77');
  });

  it('needs a confirmation for a dangerous act, and goes on after it', async () => {
    visitor = await fixture.visitorFor(stage.manager);
    const { page } = visitor;
    await page.goto(fixture.url('/team'));
    await fixture.staff.server.moveClock(360);
    await page.getByRole('button', { name: 'New key' }).click();
    await page.getByLabel('What it is for').fill('laboratory east');
    await page.getByRole('button', { name: 'Make the key' }).click();
    const confirm = page.getByRole('dialog', { name: 'Confirm that it is you' });
    await confirm.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await confirm.getByLabel('Code of your authenticator').fill(stage.manager.nextCode());
    await confirm.getByRole('button', { name: 'Confirm and go on' }).click();
    await page.getByRole('dialog', { name: 'The key, this once' }).getByText(/^cen_/).waitFor();
  });
});

describe('a number', () => {
  it('is gone with signing out: "back" shows the door, and nothing was stored', async () => {
    visitor = await fixture.visitorFor(stage.issuer);
    const { page, errors } = visitor;
    await page.goto(fixture.url('/account'));
    await page.goto(fixture.url('/mint'));
    const number = await mintNumber(visitor);
    expect(number).toMatch(/^\d{12}$/);
    const kept = await page.evaluate(() =>
      JSON.stringify([{ ...localStorage }, { ...sessionStorage }, history.state, location.href]),
    );
    expect(kept.replace(/\D/g, '')).not.toContain(number);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    for (const step of ['goBack', 'goForward'] as const) {
      await page[step]();
      await page.getByRole('heading', { name: 'Sign in' }).waitFor();
      expect((await page.content()).replace(/\D/g, '')).not.toContain(number);
      expect(await page.getByTestId('number').count()).toBe(0);
    }
    expect(errors).toEqual([]);
  });

  it('leaves the screen after two minutes, unless somebody asks for longer', async () => {
    visitor = await fixture.visitorFor(stage.issuer);
    const { page } = visitor;
    await page.clock.install();
    await page.goto(fixture.url('/mint'));
    await mintNumber(visitor);
    await page.clock.runFor(110_000);
    await page.getByRole('button', { name: 'Show two more minutes' }).click();
    await page.clock.runFor(110_000);
    expect(await page.getByTestId('number').count()).toBe(1);
    await page.clock.runFor(15_000);
    await page.getByText('The number is no longer shown').waitFor();
    expect(await page.getByTestId('number').count()).toBe(0);
  });

  it('is compared with what the patient reads back, and revoked at once', async () => {
    visitor = await fixture.visitorFor(stage.issuer);
    const { page } = visitor;
    await page.goto(fixture.url('/mint'));
    const number = await mintNumber(visitor);
    const heard = page.getByLabel('What the patient reads back to you');
    const wrong = `${number.slice(0, 5)}${(Number(number[5]) + 1) % 10}${number.slice(6)}`;
    await heard.fill(wrong);
    await page.getByText('Not the same: digit 6').waitFor();
    await heard.fill(number);
    await page.getByText('Right. The patient has the number.').waitFor();
    await page.getByRole('button', { name: 'Revoke this number' }).click();
    await page.getByText('Nobody can use this number any more').waitFor();
    const answer = await fixture.staff.server.report({ number, groups: [{ cell: 0n, cens: Buffer.alloc(16, 7) }] });
    expect(answer.status).toBe(403);
  });
});

test.each([
  ['operator', ['System', 'Figures', 'Authorities', 'Regions', 'Upload sites', 'Audit log'], '/mint'],
  ['manager', ['Team', 'Figures', 'Upload sites', 'Orders'], '/audit'],
  ['issuer', ['Mint a number', 'Orders'], '/team'],
  ['auditor', ['Figures', 'Audit log'], '/team'],
] as const)('%s sees %j and its account, and nothing at %s', async (who, expected, forbidden) => {
  visitor = await fixture.visitorFor(stage[who]);
  const { page } = visitor;
  await page.goto(fixture.url('/'));
  const navigation = page.getByRole('navigation', { name: 'Main navigation' });
  await navigation.waitFor();
  const links = await navigation.getByRole('link').allTextContents();
  expect(links.sort()).toEqual([...expected, 'My account'].sort());
  await page.goto(fixture.url(forbidden));
  await page.getByRole('heading', { name: 'There is no such page' }).waitFor();
});

describe('another site', () => {
  let attacker: Server;
  let origin: string;
  let html = '';

  beforeAll(async () => {
    attacker = createServer((_request, response) => response.setHeader('content-type', 'text/html').end(html));
    await new Promise<void>((resolve) => attacker.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(attacker.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise((resolve) => attacker.close(resolve)));

  it('cannot end a session or revoke a number with a form or a script of its own', async () => {
    visitor = await fixture.visitorFor(stage.issuer);
    const { page } = visitor;
    const target = `${fixture.origin}/admin/v1/permission-numbers/revocations`;
    html = `<form method="post" action="${target}" enctype="text/plain"><input name='{"order":"' value='"}'></form><button>Win</button>`;
    await page.goto(origin);
    const [answer] = await Promise.all([
      page.waitForResponse(target),
      page.evaluate(() => document.querySelector('form')!.submit()),
    ]);
    expect([401, 403, 415]).toContain(answer.status());
    await page.waitForURL(target);
    await page.goto(origin);
    const outcome = await page.evaluate(async (url) => {
      const body = JSON.stringify({ requestId: crypto.randomUUID(), count: 1 });
      const headers = { 'content-type': 'application/json' };
      return fetch(url, { method: 'POST', credentials: 'include', headers, body }).then(
        ({ status }) => status,
        () => 'refused',
      );
    }, `${fixture.origin}/admin/v1/permission-numbers`);
    expect(outcome).toBe('refused');
    await page.goto(fixture.url('/mint'));
    await page.getByRole('button', { name: 'New number' }).waitFor();
  });

  it('cannot put the console into a frame', async () => {
    visitor = await fixture.visitorFor(stage.issuer);
    const { page } = visitor;
    html = `<iframe src="${fixture.url('/mint')}" width="800" height="600"></iframe>`;
    await page.goto(origin);
    await page.waitForLoadState('networkidle');
    const [, frame] = page.frames();
    expect(frame!.url()).toMatch(/^chrome-error:/);
    expect(await frame!.locator('#app').count()).toBe(0);
  });
});
