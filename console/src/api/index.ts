export { api, fetchSession, read } from './client.js';
export { ask, gateStore } from './gate.js';
export { Abandoned, Problem } from './problem.js';
export {
  currentSession,
  enter,
  lastContact,
  leave,
  type Member,
  note,
  type Role,
  serverNow,
  type SessionDocument,
  sessionStore,
} from './session.js';
export { createStore, type Store, useStore } from './store.js';
