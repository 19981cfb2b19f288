export { Listener } from './listener.js';
