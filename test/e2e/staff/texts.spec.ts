import { randomUUID } from 'node:crypto';
import { codeOf, type Person, StaffServer } from './staff-fixture.js';

let staff: StaffServer;
let operator: Person;
let authority: string;

beforeAll(async () => {
  staff = await StaffServer.start();
  operator = await staff.operator();
  authority = await staff.authority(operator);
});
afterAll(() => staff.close());

const of = (path: string) => `/admin/v1/authorities/${authority}${path}`;

/** NUL, which Postgres refuses; a line break; and what turns the rest of a printed line round. */
const UNREADABLE = ['\u0000', '\n', '\u202e'];

const FIELDS: [string, (text: string) => [method: string, path: string, body: object]][] = [
  ['name of an authority', (text) => ['POST', '/admin/v1/authorities', { name: text }]],
  ['new name of an authority', (text) => ['PATCH', of(''), { name: text }]],
  // Line breaks in it are dropped by whatever reads URLs.
  ['link of an authority', (text) => ['PATCH', of(''), { appLink: `https://app.example/\u202d${text}` }]],
  ['login of a member', (text) => ['POST', of('/members'), { login: text, role: 'issuer' }]],
  ['label of an API key', (text) => ['POST', of('/api-keys'), { label: text }]],
  ['name of an upload site', (text) => ['POST', of('/upload-sites'), { name: text, ranges: ['192.0.2.0/24'] }]],
];

it.each(FIELDS)('the %s takes no characters that nobody can read', async (_, request) => {
  for (const character of UNREADABLE) {
    const [method, path, body] = request(`some${character}thing`);
    const answer = await operator.browser.send(method, path, body);
    expect([character, answer.status, codeOf(answer)]).toEqual([character, 422, 'invalid-input']);
  }
});

it.each(['action', 'actorId', 'before', 'from'])('the log is not asked for %s with a NUL in it', async (name) => {
  const answer = await operator.browser.send('GET', `/admin/v1/audit?${name}=a%00b`);
  expect([answer.status, codeOf(answer)]).toEqual([422, 'invalid-input']);
});

it('nothing is found by an id that is none, and no error is made of it', async () => {
  for (const path of [of('/members/a%00b'), `/admin/v1/authorities/a%00b`, of(`/api-keys/${randomUUID()}%00`)]) {
    const answer = await operator.browser.send('DELETE', path);
    expect([path, answer.status < 500]).toEqual([path, true]);
  }
});
