import { ask, currentSession, fetchSession, lastContact, note } from '../api/index.js';

const LOOK_MS = 5_000;
/** Whoever types or clicks is there, also without a request: the session is kept for them after so long. */
const KEEP_SECONDS = 300;

/**
 * When a session has ended by itself, the screen is covered and asks to sign in again: an unattended desk shows nothing. The
 * clock runs from the last request of any of the browser's tabs.
 */
export function endWhenIdle(): void {
  for (const sign of ['keydown', 'pointerdown']) addEventListener(sign, () => void keep(), { passive: true });
  setInterval(() => {
    const session = currentSession();
    if (session !== undefined && secondsSinceContact() > session.idleSeconds) void ask('sign-in');
  }, LOOK_MS);
}

async function keep(): Promise<void> {
  const session = currentSession();
  const idle = secondsSinceContact();
  if (session === undefined || idle < KEEP_SECONDS || idle > session.idleSeconds) return;
  const renewed = await fetchSession().catch(() => undefined);
  if (renewed?.member.id === session.member.id) note(renewed);
}

function secondsSinceContact(): number {
  return (Date.now() - lastContact()) / 1000;
}
