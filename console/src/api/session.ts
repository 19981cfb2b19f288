import type { paths } from './generated/schema.js';
import { createStore } from './store.js';

/** What the server says of whoever is signed in. */
export type SessionDocument = paths['/admin/v1/session']['get']['responses']['200']['content']['application/json'];

/** As colleagues see a member, too. */
export type Member = Omit<SessionDocument['member'], 'recoveryCodesLeft'>;

export type Role = Member['role'];

type SessionState =
  /** Not known yet: the page has just been opened. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'signed-out' }
  | { readonly kind: 'signed-in'; readonly session: SessionDocument };

/** Who is signed in. In memory alone: the cookie is out of reach of scripts. */
export const sessionStore = createStore<SessionState>({ kind: 'unknown' });

/** The session of whoever is signed in; undefined for nobody. */
export function currentSession(): SessionDocument | undefined {
  const state = sessionStore.get();
  return state.kind === 'signed-in' ? state.session : undefined;
}

/** How far the server's clock is ahead of this device's, in seconds. Devices at a front desk are minutes wrong. */
let serverAhead = 0;

/** The server's clock in Unix seconds. */
export function serverNow(): number {
  return Date.now() / 1000 + serverAhead;
}

/** What the tabs of a browser, which share one session, tell each other. */
type Word = { readonly signedIn: string | null } | { readonly contact: number };

const tabs = new BroadcastChannel('cen-session');
const tell = (word: Word): void => tabs.postMessage(word);

/** Notes who is signed in now, here and in the other tabs of this browser. */
export function enter(session: SessionDocument): void {
  note(session);
  tell({ signedIn: session.member.id });
}

/** Notes that nobody is signed in any more: whatever was on the screen goes. */
export function leave(): void {
  sessionStore.set({ kind: 'signed-out' });
  tell({ signedIn: null });
}

/** The same as {@link enter}, for this tab alone. */
export function note(session: SessionDocument): void {
  serverAhead = session.serverTime - Date.now() / 1000;
  sessionStore.set({ kind: 'signed-in', session });
}

let contact = Date.now();

/** When the server last heard of this browser's session, by this device's clock. */
export const lastContact = (): number => contact;

/** Notes that the server has accepted the session just now. */
export function noteContact(): void {
  contact = Date.now();
  tell({ contact });
}

tabs.addEventListener('message', ({ data }: MessageEvent<Word>) => {
  if ('contact' in data) contact = Math.max(contact, data.contact);
  else leaveIfReplaced(data.signedIn);
});

/** Another tab has signed somebody in or out: what is shown here may be of somebody who has left. */
function leaveIfReplaced(memberId: string | null): void {
  const member = currentSession()?.member.id;
  if (member !== undefined && memberId !== member) sessionStore.set({ kind: 'signed-out' });
}
