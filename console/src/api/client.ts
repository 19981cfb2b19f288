import createClient from 'openapi-fetch';
import { ask } from './gate.js';
import type { paths } from './generated/schema.js';
import { Abandoned, Problem, problemOf } from './problem.js';
import { currentSession, note, noteContact, type SessionDocument } from './session.js';

const SAFE = new Set(['GET', 'HEAD']);

/** These are how one gets in: what they refuse is for their own page. */
const WITHOUT_SESSION = /^\/admin\/v1\/(session|session\/confirmation|invitations\/.+)$/;

/**
 * The staff API, typed by openapi.json. A request whose session has ended waits for somebody to sign in again, and one that
 * needs a confirmation for that; then it is sent once more, so that a form loses nothing.
 */
export const api = createClient<paths, 'application/json'>({ baseUrl: '/', fetch: guardedFetch });

/** Data of a 2xx answer. @throws Problem, and Abandoned when somebody did not want to sign in again */
export async function read<T>(answering: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  const { data, error, response } = await answering;
  if (!response.ok) throw problemOf(error, response);
  return data as T;
}

/** The session as the server knows it; undefined for nobody. @throws Problem without a connection */
export async function fetchSession(): Promise<SessionDocument | undefined> {
  const { data, error, response } = await api.GET('/admin/v1/session');
  if (response.status === 401) return undefined;
  if (!response.ok) throw problemOf(error, response);
  return data;
}

async function guardedFetch(request: Request): Promise<Response> {
  const isFree = WITHOUT_SESSION.test(new URL(request.url).pathname);
  for (let repeats = 0; ; repeats++) {
    const response = await send(request.clone());
    if (response.status !== 401) noteContact();
    if (response.ok || repeats === 3 || !(await isWorthRepeating(response, isFree))) return response;
  }
}

async function send(request: Request): Promise<Response> {
  const token = currentSession()?.csrfToken;
  if (!SAFE.has(request.method) && token !== undefined) request.headers.set('X-CEN-CSRF', token);
  try {
    return await fetch(request, { cache: 'no-store', credentials: 'same-origin' });
  } catch {
    throw new Problem('no-connection');
  }
}

async function isWorthRepeating(response: Response, isFree: boolean): Promise<boolean> {
  if (response.status !== 401 && response.status !== 403) return false;
  const { code } = (await response
    .clone()
    .json()
    .catch(() => ({}))) as { readonly code?: string };
  if (code === 'csrf-refused') return renewToken(isFree);
  if (isFree) return false;
  if (code === 'sign-in-required') return answered(await ask('sign-in'));
  return code === 'confirmation-required' && answered(await ask('confirm'));
}

function answered(isAnswered: boolean): boolean {
  if (!isAnswered) throw new Abandoned();
  return true;
}

/** The same member signed in anew in another tab: the token is another. A different member must not send this one's form. */
async function renewToken(isFree: boolean): Promise<boolean> {
  const session = await fetchSession();
  if (session === undefined || session.member.id !== currentSession()?.member.id)
    return !isFree && answered(await ask('sign-in'));
  note(session);
  return true;
}
