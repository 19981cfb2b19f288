import { Command } from 'commander';

/** Every command, in the order of the help. Each is loaded when it is needed: with the server's modules, that takes a second. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  mint: async () => (await import('./mint.command.js')).mintCommand(),
  operator: async () => (await import('./operator.command.js')).operatorCommand(),
  audit: async () => (await import('./audit.command.js')).auditCommand(),
  keys: async () => (await import('./keys.command.js')).keysCommand(),
  clock: async () => (await import('./clock.command.js')).clockCommand(),
  resume: async () => (await import('./resume.command.js')).resumeCommand(),
  restored: async () => (await import('./restored.command.js')).restoredCommand(),
  plan: async () => (await import('./plan.command.js')).planCommand(),
  simulate: async () => (await import('./simulate.command.js')).simulateCommand(),
};

/**
 * The operator's command line: the same modules as the server, no HTTP, whether a server runs or not.
 * @param name what was typed first: if that is a command, the program has this one alone
 */
export async function createProgram(name: string | undefined): Promise<Command> {
  const program = new Command('cen')
    .description('Command line of the CEN server. Works while the server runs and when it does not.')
    .showHelpAfterError();
  const wanted = Object.entries(COMMANDS).filter(([command]) => command === name);
  for (const [, load] of wanted.length > 0 ? wanted : Object.entries(COMMANDS)) program.addCommand(await load());
  return program;
}
