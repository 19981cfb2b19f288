import { createProgram } from './cli/program.js';
import { explain } from './explain.js';

try {
  await createProgram().parseAsync();
} catch (error) {
  explain(error);
  process.exitCode = 1;
}
