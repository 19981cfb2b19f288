import { createProgram } from './cli/program.js';
import { explain } from './explain.js';

try {
  const program = await createProgram(process.argv[2]);
  await program.parseAsync();
} catch (error) {
  explain(error);
  process.exitCode = 1;
}
