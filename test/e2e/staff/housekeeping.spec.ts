import { Housekeeping } from '../../../src/staff/housekeeping.js';
import { codeOf, parse, StaffServer } from './staff-fixture.js';

test('what has ended by itself is dropped, and what lives stays', async () => {
  const staff = await StaffServer.start();
  try {
    const operator = await staff.operator();
    const authority = await staff.authority(operator);
    await staff.member(operator, authority, 'issuer');
    const invite = (login: string) =>
      operator.browser.send('POST', `/admin/v1/authorities/${authority}/members`, { login, role: 'issuer' });
    await invite('never.came');
    await staff.browser().send('POST', '/admin/v1/session', { login: 'nobody.here', password: 'wrong' });

    await staff.server.moveClock(73 * 3600);
    await staff.signIn(operator, operator.browser);
    const link = parse<{ link: object }>(await invite('comes.soon')).link;
    expect(link).toBeDefined();
    await staff.server.app.get(Housekeeping, { strict: false }).purge();
    const [left] = await staff.server.rows(
      `SELECT (SELECT count(*)::int FROM staff_session) AS sessions, (SELECT count(*)::int FROM invitation) AS invitations,
              (SELECT count(*)::int FROM sign_in_failure WHERE forget_at <= cen_now()) AS failures,
              (SELECT count(*)::int FROM known_device) AS devices`,
    );
    expect(left).toEqual({ sessions: 1, invitations: 1, failures: 0, devices: 2 });

    await staff.server.moveClock(181 * 86_400);
    await staff.server.app.get(Housekeeping, { strict: false }).purge();
    expect(await staff.server.rows('SELECT FROM known_device')).toEqual([]);
  } finally {
    await staff.close();
  }
});

test('a replica without the role admin serves no staff route', async () => {
  const staff = await StaffServer.start({ settings: { ROLES: 'public' } });
  try {
    const answer = await staff.browser().send('GET', '/admin/v1/session');
    expect([answer.status, codeOf(answer)]).toEqual([404, 'not-found']);
  } finally {
    await staff.close();
  }
});
