import { readFileSync } from 'node:fs';

const { scripts } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'));

/** What `npm start` gives to Node beside the file. */
export const START_OPTIONS = scripts.start.split(' ').slice(1, -1);
