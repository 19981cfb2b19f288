// npm run env-example [-- --check]: writes .env.example from the schema of the settings.
import { SECRET_SETTINGS, settings } from '../dist/platform/config/index.js';
import { writeOrCheck } from './generated-file.mjs';

const INTRODUCTION = `# Settings of the CEN server, one environment variable each: meaning, unit, bounds. Made by "npm run env-example" from
# src/platform/config/settings.ts. Copy this file to .env and take away the "#" in front of what you change. A variable of the
# environment wins over .env; an empty one counts as unset. What stands behind "=" is the default; nothing stands there where
# there is none.
`;

const defaults = settings.parse({});

function textOf(value) {
  if (value === undefined) return '';
  if (value instanceof Set || Array.isArray(value)) return [...value].join(',');
  return String(value);
}

const sections = Object.entries(settings.shape).map(([name, schema]) => {
  if (!schema.description) throw new Error(`${name} has no description.`);
  const secret = SECRET_SETTINGS.includes(name)
    ? `\n# ${name}_FILE instead names a file that holds it.\n#${name}_FILE=`
    : '';
  return `# ${schema.description}.\n#${name}=${textOf(defaults[name])}${secret}\n`;
});

writeOrCheck('.env.example', [INTRODUCTION, ...sections].join('\n'), 'npm run env-example');
