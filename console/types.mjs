// Writes the types of the staff API for the console from openapi.json, unless they are newer than it. Types alone: the build needs none.
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import openapiTS, { astToString } from 'openapi-typescript';

const description = join(import.meta.dirname, '../openapi.json');
const types = join(import.meta.dirname, 'src/api/generated/schema.d.ts');
const changedAt = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** The routes for staff, and what tells of the deployment; without the header that the console's client sends by itself. */
function forConsole(document) {
  const paths = Object.entries(document.paths).filter(([path]) => path.startsWith('/admin/') || path === '/v1');
  for (const operation of paths.flatMap(([, operations]) => Object.values(operations)))
    operation.parameters = operation.parameters?.filter(({ name }) => name !== 'X-CEN-CSRF');
  return { ...document, paths: Object.fromEntries(paths) };
}

if (changedAt(types) <= changedAt(description)) {
  const nodes = await openapiTS(forConsole(JSON.parse(readFileSync(description, 'utf8'))));
  mkdirSync(dirname(types), { recursive: true });
  writeFileSync(types, astToString(nodes));
}
