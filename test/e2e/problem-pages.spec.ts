import { PROBLEMS } from '../../src/problems.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

describe('the page of a problem', () => {
  it.each(Object.entries(PROBLEMS))('%s says what it means and what to do', async (code, { title, status }) => {
    expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
    const page = await server.get(`/problems/${code}`);
    expect([page.status, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(page.body.toString()).toContain(`<title>${title}`);
    expect(page.body.toString()).toContain(String(status));
  });

  it('is listed with all others', async () => {
    const list = (await server.get('/problems')).body.toString();
    for (const code of Object.keys(PROBLEMS)) expect(list).toContain(`href="/problems/${code}"`);
  });

  it('of an unknown code is not there', async () => {
    expect((await server.get('/problems/no-such-code')).status).toBe(404);
  });
});
