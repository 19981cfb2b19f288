import { randomUUID } from 'node:crypto';
import { type AdminRoute, AdminRoutes } from '../../../src/staff/index.js';
import { Browser, codeOf, type Person, StaffServer } from './staff-fixture.js';

/**
 * Who may use what, written down by hand: o operator, m manager, i issuer, a auditor, k API key, - signed out; an upper-case
 * letter for a member or key of another authority. A route that is missing here fails, and so does one that is gone.
 */
const MATRIX: Readonly<Record<string, string>> = {
  'POST /admin/v1/session': 'omMiIaAkK-',
  'GET /admin/v1/session': 'omMiIaA',
  'DELETE /admin/v1/session': 'omMiIaA',
  'POST /admin/v1/session/confirmation': 'omMiIaA',
  'GET /admin/v1/sessions': 'omMiIaA',
  'DELETE /admin/v1/sessions': 'omMiIaA',
  'DELETE /admin/v1/sessions/:sessionId': 'omMiIaA',
  'POST /admin/v1/invitations/offer': 'omMiIaAkK-',
  'POST /admin/v1/invitations/acceptance': 'omMiIaAkK-',
  'PUT /admin/v1/account/password': 'omMiIaA',
  'POST /admin/v1/account/totp/offer': 'omMiIaA',
  'PUT /admin/v1/account/totp': 'omMiIaA',
  'DELETE /admin/v1/account/totp': 'omMiIaA',
  'POST /admin/v1/account/recovery-codes': 'omMiIaA',
  'GET /admin/v1/authorities': 'o',
  'POST /admin/v1/authorities': 'o',
  'GET /admin/v1/authorities/:authorityId': 'omia',
  'PATCH /admin/v1/authorities/:authorityId': 'o',
  'GET /admin/v1/authorities/:authorityId/members': 'om',
  'POST /admin/v1/authorities/:authorityId/members': 'om',
  'PATCH /admin/v1/authorities/:authorityId/members/:memberId': 'om',
  'POST /admin/v1/authorities/:authorityId/members/:memberId/reset': 'om',
  'GET /admin/v1/operators': 'o',
  'POST /admin/v1/operators': 'o',
  'PATCH /admin/v1/operators/:memberId': 'o',
  'POST /admin/v1/operators/:memberId/reset': 'o',
  'GET /admin/v1/authorities/:authorityId/api-keys': 'om',
  'POST /admin/v1/authorities/:authorityId/api-keys': 'om',
  'PATCH /admin/v1/authorities/:authorityId/api-keys/:apiKeyId': 'om',
  'DELETE /admin/v1/authorities/:authorityId/api-keys/:apiKeyId': 'om',
  'GET /admin/v1/audit': 'o',
  'GET /admin/v1/authorities/:authorityId/audit': 'oa',
  'GET /admin/v1/audit/head': 'oaA',
  'POST /admin/v1/permission-numbers': 'iIkK',
  'POST /admin/v1/permission-numbers/revocations': 'mMiIkK',
  'GET /admin/v1/authorities/:authorityId/permission-orders': 'mi',
  'GET /admin/v1/quota': 'iIkK',
  'GET /admin/v1/authorities/:authorityId/statistics': 'oma',
  'GET /admin/v1/statistics': 'o',
  'GET /admin/v1/upload-sites': 'o',
  'GET /admin/v1/authorities/:authorityId/upload-sites': 'om',
  'POST /admin/v1/authorities/:authorityId/upload-sites': 'om',
  'PATCH /admin/v1/authorities/:authorityId/upload-sites/:siteId': 'om',
  'DELETE /admin/v1/authorities/:authorityId/upload-sites/:siteId': 'om',
  'GET /admin/v1/system': 'o',
  'GET /admin/v1/regions': 'o',
  'POST /admin/v1/regions/preview': 'o',
};

/** What changes something and needs no confirmation, because it only takes rights away, or is a shift's daily work. */
const UNCONFIRMED: readonly string[] = [
  'DELETE /admin/v1/session',
  'POST /admin/v1/session/confirmation',
  'DELETE /admin/v1/sessions',
  'DELETE /admin/v1/sessions/:sessionId',
  'POST /admin/v1/account/totp/offer',
  'DELETE /admin/v1/authorities/:authorityId/api-keys/:apiKeyId',
  'DELETE /admin/v1/authorities/:authorityId/upload-sites/:siteId',
  'POST /admin/v1/permission-numbers',
  'POST /admin/v1/permission-numbers/revocations',
  'POST /admin/v1/regions/preview',
];

type Visitor = () => Promise<{ browser: Browser; headers: Record<string, string> }>;

let staff: StaffServer;
let own: string;
const visitors = new Map<string, Visitor>();

beforeAll(async () => {
  staff = await StaffServer.start();
  const operator = await staff.operator();
  own = await staff.authority(operator);
  const other = await staff.authority(operator);
  visitors.set('-', async () => ({ browser: staff.browser(), headers: {} }));
  visitors.set('o', signedIn(operator));
  for (const [authority, letters] of [
    [own, 'miak'],
    [other, 'MIAK'],
  ]) {
    visitors.set(letters[0], signedIn(await staff.member(operator, authority, 'manager')));
    visitors.set(letters[1], signedIn(await staff.member(operator, authority, 'issuer')));
    visitors.set(letters[2], signedIn(await staff.member(operator, authority, 'auditor')));
    const { text } = await staff.apiKey(operator, authority);
    const headers = { authorization: `Bearer ${text}` };
    visitors.set(letters[3], async () => ({ browser: staff.browser(), headers }));
  }
});
afterAll(() => staff.close());

/** Signs in anew where an earlier request has signed out or changed the password. */
function signedIn(person: Person): Visitor {
  return async () => {
    if ((await person.browser.send('GET', '/admin/v1/session')).status !== 200) {
      const answer = await staff.signIn(person, person.browser);
      if (answer.status !== 200) throw new Error(`${person.login} cannot sign in: ${answer.body.toString()}`);
    }
    return { browser: person.browser, headers: {} };
  };
}

function routes(): AdminRoute[] {
  return staff.server.app.get(AdminRoutes).list();
}

const nameOf = ({ method, path }: AdminRoute): string => `${method} ${path}`;

/** Ids of nothing that exists, and no body: whoever gets in is told so, and nothing happens. */
function urlOf(path: string): string {
  return path.replace(':authorityId', own).replace(/:\w+/g, () => randomUUID());
}

/** Answers that come before the guard, or from a bug. */
const PROVES_NOTHING = new Set([400, 405, 413, 415, 500, 503]);
const REFUSALS = new Set(['sign-in-required', 'not-allowed']);

async function isLetIn(route: AdminRoute, visitor: Visitor): Promise<boolean> {
  const { browser, headers } = await visitor();
  const body = ['GET', 'DELETE'].includes(route.method) ? undefined : {};
  const answer = await browser.send(route.method, urlOf(route.path), body, headers);
  if (PROVES_NOTHING.has(answer.status)) throw new Error(`${nameOf(route)}: ${answer.status}`);
  return answer.status < 400 || !REFUSALS.has(String(codeOf(answer)));
}

test('the matrix has every route under /admin, and no other', () => {
  expect(routes().map(nameOf).sort()).toEqual(Object.keys(MATRIX).sort());
});

test('whatever makes credentials or widens rights asks for password and code again', () => {
  const unconfirmed = routes().filter(
    ({ method, access }) => method !== 'GET' && access !== 'anyone' && access.confirmed !== true,
  );
  expect(unconfirmed.map(nameOf).sort()).toEqual([...UNCONFIRMED].sort());
});

test('every route lets in whom the matrix names, and nobody else', async () => {
  const found: Record<string, string> = {};
  for (const route of routes()) {
    found[nameOf(route)] = '';
    for (const [letter, visitor] of visitors) if (await isLetIn(route, visitor)) found[nameOf(route)] += letter;
  }
  const sorted = (letters: string): string => [...letters].sort().join('');
  expect(mapValues(found, sorted)).toEqual(mapValues(MATRIX, sorted));
}, 120_000);

function mapValues(record: Readonly<Record<string, string>>, map: (value: string) => string): Record<string, string> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));
}
