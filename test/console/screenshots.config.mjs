// npm run screenshots: pictures of every view, in both themes and three widths, into test/console/screenshots/out.
import base from './jest.config.mjs';

export default { ...base, testMatch: ['**/screenshots.ts'], testTimeout: 900_000 };
