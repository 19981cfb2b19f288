import { Command } from 'commander';
import { auditCommand } from './audit.command.js';
import { clockCommand } from './clock.command.js';
import { keysCommand } from './keys.command.js';
import { mintCommand } from './mint.command.js';
import { operatorCommand } from './operator.command.js';
import { planCommand } from './plan.command.js';
import { restoredCommand } from './restored.command.js';
import { resumeCommand } from './resume.command.js';
import { simulateCommand } from './simulate.command.js';

/** The operator's command line: the same modules as the server, no HTTP, whether a server runs or not. */
export function createProgram(): Command {
  return new Command('cen')
    .description('Command line of the CEN server. Works while the server runs and when it does not.')
    .addCommand(mintCommand())
    .addCommand(operatorCommand())
    .addCommand(auditCommand())
    .addCommand(keysCommand())
    .addCommand(clockCommand())
    .addCommand(resumeCommand())
    .addCommand(restoredCommand())
    .addCommand(planCommand())
    .addCommand(simulateCommand())
    .showHelpAfterError();
}
