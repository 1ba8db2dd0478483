import { Option, type Command } from 'commander';
import {
  actOnCredential,
  credentialHistory,
  credentials,
  type CredentialAction,
} from '../../../libs/platform/sign-in/credential-store.js';
import { CommandFailed, operator, print, withParts } from '../command.js';

interface Target {
  readonly person?: string;
  readonly reason: string;
}

/** Taking a credential back at once, on every instance, and giving it again. What was acknowledged before stays so. */
export function credentialCommands(program: Command): void {
  const group = program.command('credentials').description("credentials of partners' systems and of people");

  group
    .command('list')
    .description('how each stands that was ever revoked: by whom, when and why')
    .option('--history', 'everything that was done, newest first')
    .action(async ({ history }: { history?: boolean }, command: Command) => {
      const actions = await withParts(async ({ database }) =>
        history === true ? credentialHistory(database) : credentials(database),
      );
      print(command.optsWithGlobals(), { credentials: actions }, () =>
        actions.length === 0 ? 'no credential was ever revoked' : actions.map(lineOf),
      );
    });

  for (const [name, action, description] of [
    ['revoke', 'revoked', 'refuse its tokens from now on, those it has and new ones, until it is restored'],
    ['restore', 'restored', 'accept tokens that are issued from now on; those from before stay refused'],
  ] as const) {
    group
      .command(name)
      .description(description)
      .argument('[system]', "the partner's system")
      .addOption(new Option('--person <sign-in name>', 'a person instead of a system: ends their sessions too'))
      .requiredOption('--reason <reason>')
      .action(async (system: string | undefined, target: Target, command: Command) => {
        const { kind, subject } = targetOf(system, target);
        const answer = await withParts(async ({ database }) => {
          const { reason } = target;
          const changed = await actOnCredential(database, { kind, subject, action, reason, who: operator() });
          const seen = await database.query('select from receipts where system = $1 limit 1', [subject]);
          return { kind, subject, action, changed, seen: kind === 'person' || seen.rowCount !== 0 };
        });
        print(command.optsWithGlobals(), answer, () => [
          answer.changed
            ? `${kind} ${subject}: ${action}`
            : `${kind} ${subject} is ${action} already: nothing was changed`,
          ...(answer.seen ? [] : [`no message ever came from a system ${subject}: is that its name?`]),
        ]);
        if (!answer.seen) process.exitCode = 1;
      });
  }
}

function targetOf(system: string | undefined, { person, reason }: Target): Pick<CredentialAction, 'kind' | 'subject'> {
  if (reason.trim().length < 3) throw new CommandFailed('--reason says why, for whoever asks later');
  const subject = system ?? person;
  if (subject === undefined || (system !== undefined && person !== undefined)) {
    throw new CommandFailed('name a system, or a person with --person');
  }
  if (!/^[\w.@:+-]{1,200}$/.test(subject)) throw new CommandFailed('not the name of a system or a person');
  return { kind: system === undefined ? 'person' : 'system', subject };
}

const lineOf = ({ kind, subject, action, at, who, reason }: CredentialAction): string =>
  `${kind.padEnd(6)}  ${subject.padEnd(20)}  ${action.padEnd(8)}  ${at}  ${who}: ${reason}`;
