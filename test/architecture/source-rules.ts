import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** What import paths cannot show. */
export const SOURCE_RULES = [
  'environment-in-config-only',
  'no-forward-reference',
  'prisma-in-repositories-only',
  'tables-of-its-own-module-only',
] as const;

export interface Violation {
  readonly rule: string;
  /** Path from the root of the tree, with slashes. */
  readonly file: string;
}

interface Rule {
  readonly name: (typeof SOURCE_RULES)[number];
  readonly breaks: (source: ts.SourceFile, file: string) => boolean;
}

/** Grants name the tables on which the application's role may do less; they read and write no row. */
const NAMES_ANY_TABLE = 'src/platform/database/schema/grants.ts';

/** The files below `src` of a tree that break a source rule; tests and generated code are not asked. */
export function findViolations(root: string): Violation[] {
  const rules = sourceRules(tableOwners(readFileSync(join(root, 'prisma/schema.prisma'), 'utf8')));
  return sourceFiles(root).flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8');
    const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, true);
    return rules.filter(({ breaks }) => breaks(source, file)).map(({ name }) => ({ rule: name, file }));
  });
}

/** Table → module, from the section of schema.prisma (`// ---- cens ----`) in which its model stands. */
export function tableOwners(schema: string): ReadonlyMap<string, string> {
  const owners = new Map<string, string>();
  let owner = '';
  for (const line of schema.split('\n')) {
    owner = /^\/\/ ---- (\w+) ----$/.exec(line)?.[1] ?? owner;
    const table = /^\s+@@map\("(\w+)"\)$/.exec(line)?.[1];
    if (table !== undefined) owners.set(table, owner);
  }
  return owners;
}

function sourceRules(owners: ReadonlyMap<string, string>): Rule[] {
  return [
    {
      name: 'environment-in-config-only',
      breaks: (source, file) => !file.startsWith('src/platform/config/') && contains(source, readsEnvironment),
    },
    { name: 'no-forward-reference', breaks: (source) => contains(source, importsForwardRef) },
    {
      name: 'prisma-in-repositories-only',
      breaks: (source, file) =>
        !file.endsWith('.repository.ts') &&
        !file.startsWith('src/platform/database/') &&
        contains(source, (node) => ts.isIdentifier(node) && node.text === 'PrismaService'),
    },
    {
      name: 'tables-of-its-own-module-only',
      breaks: (source, file) =>
        file !== NAMES_ANY_TABLE &&
        contains(source, (node) => tablesNamedBy(node, owners).some((table) => !mayTouch(file, owners.get(table)!))),
    },
  ];
}

/** The owner's repositories; the platform's one table belongs to the database itself. */
function mayTouch(file: string, owner: string): boolean {
  if (owner === 'platform') return file.startsWith('src/platform/database/');
  return file.startsWith(`src/${owner}/`) && file.endsWith('.repository.ts');
}

function tablesNamedBy(node: ts.Node, owners: ReadonlyMap<string, string>): string[] {
  const isText = ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node);
  return isText ? [...owners.keys()].filter((table) => namesTable(node.text, table)) : [];
}

/** `permission_number` is nothing but a table; `batch` is one after a word of SQL. */
function namesTable(text: string, table: string): boolean {
  if (table.includes('_')) return new RegExp(`\\b${table}\\b`).test(text);
  return new RegExp(`\\b(FROM|JOIN|INTO|UPDATE|TABLE|COPY|ONLY|TRUNCATE)\\s+("?public"?\\.)?"?${table}\\b`).test(text);
}

/** `process.env`, `process['env']`, `const { env } = process`, `import { env } from 'node:process'`. */
function readsEnvironment(node: ts.Node): boolean {
  if (ts.isPropertyAccessExpression(node)) return isProcess(node.expression) && node.name.text === 'env';
  if (ts.isElementAccessExpression(node)) return isProcess(node.expression);
  if (ts.isVariableDeclaration(node))
    return node.initializer !== undefined && isProcess(node.initializer) && ts.isObjectBindingPattern(node.name);
  return (
    ts.isImportDeclaration(node) &&
    ts.isStringLiteral(node.moduleSpecifier) &&
    /^(node:)?process$/.test(node.moduleSpecifier.text)
  );
}

function isProcess(node: ts.Node): boolean {
  return ts.isIdentifier(node) && node.text === 'process';
}

function importsForwardRef(node: ts.Node): boolean {
  return ts.isImportSpecifier(node) && (node.propertyName ?? node.name).text === 'forwardRef';
}

function contains(node: ts.Node, wanted: (node: ts.Node) => boolean): boolean {
  return wanted(node) || (ts.forEachChild(node, (child) => contains(child, wanted) || undefined) ?? false);
}

function sourceFiles(root: string): string[] {
  return readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .map((file) => `src/${file.replaceAll('\\', '/')}`)
    .filter((file) => /\.ts$/.test(file) && !/\.spec\.ts$/.test(file) && !file.includes('/generated/'));
}
