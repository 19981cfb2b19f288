import { fetchSession, currentSession, sessionStore } from '../api/index.js';

/**
 * Browsers keep a page that one leaves, to show it again on "back" (bfcache). It is hidden while it is being left, and shown
 * again only if the one who was signed in still is.
 */
export function hideWhenLeft(root: HTMLElement): void {
  addEventListener('pagehide', () => (root.hidden = true));
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) void showAgain(root);
    else root.hidden = false;
  });
}

async function showAgain(root: HTMLElement): Promise<void> {
  const before = currentSession()?.member.id;
  const session = await fetchSession().catch(() => undefined);
  if (session?.member.id !== before) sessionStore.set({ kind: 'signed-out' });
  // After what was there has been replaced.
  requestAnimationFrame(() => requestAnimationFrame(() => (root.hidden = false)));
}
