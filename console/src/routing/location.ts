import { createStore } from '../api/index.js';

/** Where the console lives on its server. */
const BASE = '/console';

/** The path inside the console, such as `/mint`; `/` at its door. */
export function pathNow(): string {
  return location.pathname.slice(BASE.length).replace(/\/+$/, '') || '/';
}

export const pathStore = createStore(pathNow());

addEventListener('popstate', () => pathStore.set(pathNow()));

/** A path inside the console as a link has it. */
export function urlOf(path: string): string {
  return `${BASE}${path}`;
}

/** Goes to a path inside the console. */
export function navigate(path: string): void {
  if (path !== pathNow() || location.hash !== '') history.pushState(null, '', urlOf(path));
  scrollTo(0, 0);
  pathStore.set(path);
}

/** The same without a step to go back to. */
export function redirect(path: string): void {
  history.replaceState(null, '', urlOf(path));
  pathStore.set(path);
}
