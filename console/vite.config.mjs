import { defineConfig } from 'vite';

/** The server of `npm start`, for `npx -w console vite`. */
const SERVER = 'http://localhost:3000';

export default defineConfig({
  root: import.meta.dirname,
  base: '/console/',
  build: {
    target: 'es2022',
    // The Content-Security-Policy allows no data: and no inline script: everything is a file of its own, with its hash in its name.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: { proxy: { '/admin': SERVER, '/v1': SERVER } },
});
