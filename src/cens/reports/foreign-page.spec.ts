import { isForeignPage } from './foreign-page.js';

const APPS = ['https://app.example.org'];

it.each([
  ['an app that is no page', {}, false],
  ['a page of another site', { origin: 'https://evil.example' }, true],
  ['a page in a sandbox', { origin: 'null', 'sec-fetch-site': 'cross-site' }, true],
  [
    'a page of another host of the same site',
    { origin: 'https://other.example.org', 'sec-fetch-site': 'same-site' },
    true,
  ],
  ['a request across sites without an origin', { 'sec-fetch-site': 'cross-site' }, true],
  ['an app of the deployment', { origin: APPS[0], 'sec-fetch-site': 'cross-site' }, false],
  ['an app of the deployment on another port', { origin: `${APPS[0]}:8443` }, true],
  ['a page of this server', { origin: 'https://cen.example.org', 'sec-fetch-site': 'same-origin' }, false],
])('%s', (_, headers, foreign) => {
  expect(isForeignPage(headers, APPS)).toBe(foreign);
});
