// ESM-only packages that must be transformed, because the tests run as CommonJS.
const esmOnly = [
  '@nestjs',
  '@prisma',
  '@fastify',
  '@noble',
  'cookie',
  'content-disposition',
  'jose',
  'otpauth',
  'qr',
  'file-type',
  'strtok3',
  'token-types',
  'uint8array-extras',
  '@tokenizer',
  '@borewit',
  'cen-client',
].join('|');

// Given to each module as variables: looked up as properties of a test's global object, they cost more than what a tight loop does
// with them. None that a test replaces.
const fastGlobals = [
  ...[
    'Array',
    'ArrayBuffer',
    'Atomics',
    'BigInt',
    'Boolean',
    'DataView',
    'Error',
    'JSON',
    'Map',
    'Math',
    'Number',
    'Object',
  ],
  ...['Promise', 'RangeError', 'Reflect', 'RegExp', 'Set', 'String', 'Symbol', 'TypeError', 'WeakMap', 'WeakSet'],
  ...['BigInt64Array', 'BigUint64Array', 'Float64Array', 'Int32Array', 'Uint16Array', 'Uint32Array', 'Uint8Array'],
];

export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/src', '<rootDir>/client/src', '<rootDir>/console/src', '<rootDir>/test'],
  testMatch: ['**/*.spec.ts'],
  // In a real Chromium, which not every machine has: npm run test:console.
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/console/'],
  globalSetup: '<rootDir>/test/support/global-setup.mjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
  transform: {
    '^.+\\.[cm]?[jt]s$': [
      '@swc/jest',
      {
        swcrc: false,
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
          keepClassNames: true,
        },
        module: { type: 'commonjs' },
      },
    ],
  },
  sandboxInjectedGlobals: fastGlobals,
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly})/)`],
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': '$1',
    '^cen-client$': '<rootDir>/client/src/index.ts',
    '^cen-client/token$': '<rootDir>/client/src/token/index.ts',
    '^cen-client/encode$': '<rootDir>/client/src/encode/index.ts',
  },
  // More than two cores: half of what a test does is waiting, for Postgres, a process or a clock.
  maxWorkers: 3,
  testTimeout: 30_000,
};
