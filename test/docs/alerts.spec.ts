import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ALERTS } from '../../src/platform/health/index.js';

const OPERATIONS = readFileSync(join(__dirname, '../../docs/operations.md'), 'utf8');
const [, SECTION] = /^## Alerts$([^]*?)^## /m.exec(OPERATIONS) ?? [];

/** The sections of the document, one for each alert: code, then its first word and the rest. */
const documented = [
  ...(SECTION ?? '').matchAll(/^### (\S+)$\n\n(Critical|Warning)\. ([^]*?)(?=\n### |$(?![^]))/gm),
].map(([, code, severity, text]) => ({ code: code!, severity: severity!.toLowerCase(), text: text! }));

test('docs/operations.md has a section for each alert of the code, in the same order, and for no other', () => {
  expect(documented.map(({ code }) => code)).toEqual(Object.keys(ALERTS));
  expect(SECTION!.match(/^###/gm)?.length).toBe(documented.length);
});

test.each(documented)(
  '$code is as severe in the document as in the code, and the document says what to do',
  (alert) => {
    expect(ALERTS[alert.code as keyof typeof ALERTS].severity).toBe(alert.severity);
    expect(alert.text).toMatch(/\*\*Do:\*\* \S/);
  },
);
