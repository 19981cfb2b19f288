import { Command } from 'commander';
import { type InvitedMember, loginSchema, Staff } from '../staff/index.js';
import { UsageError } from '../usage-error.js';
import { withApplication } from './context.js';
import { formatTime, print } from './output.js';

interface OperatorOptions {
  readonly name: string;
  readonly json?: boolean;
}

/** `cen operator …`: the first operator, and the way back in for the last one. */
export function operatorCommand(): Command {
  return new Command('operator')
    .description('Make an operator, or help one who has lost password or authenticator')
    .addCommand(
      subcommand('create', 'Make an operator and print its one-time link', (staff, login) =>
        staff.createOperator(login),
      ),
    )
    .addCommand(
      subcommand(
        'reset',
        'Forget password and authenticator of an operator and print a one-time link',
        (staff, login) => staff.resetOperator(login),
      ),
    );
}

function subcommand(
  name: string,
  description: string,
  act: (staff: Staff, login: string) => Promise<InvitedMember>,
): Command {
  return new Command(name)
    .description(description)
    .requiredOption('--name <login>', 'login: 3 to 64 of a-z, 0-9, dot, dash and underscore')
    .option('--json', 'print one JSON document')
    .action((options: OperatorOptions) => run(options, act));
}

async function run(
  options: OperatorOptions,
  act: (staff: Staff, login: string) => Promise<InvitedMember>,
): Promise<void> {
  const login = loginSchema.safeParse(options.name);
  if (!login.success) throw new UsageError(`--name ${login.error.issues[0].message}.`);
  await withApplication(async ({ app }) => {
    const { member, link } = await act(app.get(Staff), login.data);
    print({ operator: member, link }, options, [
      `Operator ${member.login}: open this once, until ${formatTime(link.expiresAt)}, to choose a password and an authenticator.`,
      link.url,
    ]);
  });
}
