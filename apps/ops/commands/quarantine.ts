import type { Command } from 'commander';
import { QuarantineDesk } from '../../../libs/platform/intake/postgres/quarantine-desk.js';
import type { Parts } from '../../../libs/platform/platform.module.js';
import { drain } from '../../worker/worker.loop.js';
import { asLook, recordOperatorLook, type LookOptions } from '../operator-look.js';
import { CommandFailed, operator, print, withParts } from '../command.js';

/** The work-list of messages that could not be recorded: quarantined, or held until the child is known. */
export function quarantineCommands(program: Command): void {
  const quarantine = program
    .command('quarantine')
    .description('messages that could not be recorded: quarantined and held');

  quarantine
    .command('list')
    .option('--status <status>', 'quarantined, held or partly-recorded', 'quarantined')
    .option('--system <system>')
    .option('--cursor <cursor>')
    .action(async (options: { status: string; system?: string; cursor?: string }, command: Command) => {
      const { status } = options;
      if (status !== 'quarantined' && status !== 'held' && status !== 'partly-recorded') {
        throw new CommandFailed('--status is quarantined, held or partly-recorded');
      }
      await withParts(async ({ database, keys }) => {
        const page = await new QuarantineDesk(database, keys).list({ ...options, status });
        print(command.optsWithGlobals(), page, () => [
          ...page.entries.map((entry) =>
            [
              entry.receipt,
              entry.system,
              entry.receivedAt,
              ...new Set(entry.outcomes.flatMap(({ reason }) => reason ?? [])),
            ].join('  '),
          ),
          ...(page.entries.length === 0 ? [`nothing is ${status}`] : []),
          ...(page.cursor === undefined ? [] : [`more: --cursor ${page.cursor}`]),
        ]);
      });
    });

  asLook(quarantine.command('show'), 'mending')
    .argument('<receipt>')
    .option('--body', 'show the message itself (personal data)')
    .action(async (receipt: string, options: LookOptions & { body?: boolean }, command: Command) => {
      await withParts(async (parts) => {
        const file = await new QuarantineDesk(parts.database, parts.keys).show(receipt);
        if (!file) throw new CommandFailed(`there is no receipt ${receipt}`);
        const details = { receipt: file.receipt, body: options.body === true };
        await recordOperatorLook(parts, { what: 'quarantine.show', details }, options);
        const { message, ...rest } = file;
        const body = message.erased ? 'erased' : Buffer.from(message.body).toString('utf8');
        const answer = { ...rest, ...(options.body === true ? { body } : {}) };
        print(command.optsWithGlobals(), answer, () => [
          `${file.receipt}  ${file.system}  ${file.format || '(no format)'}  ${file.receivedAt}  ${file.status}, tried ${file.attempts} times`,
          ...file.outcomes.map(
            (part) => `  ${part.pointer ?? '-'}  ${part.outcome}: ${part.reason ?? ''} ${part.detail ?? ''}`,
          ),
          ...file.actions.map((action) => `  ${action.at}  ${action.action} by ${action.who}: ${action.reason}`),
          ...(options.body === true ? [body] : []),
        ]);
      });
    });

  quarantine
    .command('retry')
    .argument('<receipts...>')
    .requiredOption('--reason <reason>')
    .action(async (receipts: string[], { reason }: { reason: string }, command: Command) => {
      await withParts(async (parts) => {
        const desk = new QuarantineDesk(parts.database, parts.keys);
        const retried = await desk.retry(receipts, { who: operator(), reason });
        if (retried.length === 0)
          throw new CommandFailed('none of these can be retried: unknown, still waiting or withdrawn');
        await drain(parts);
        // A hub that runs beside may have taken them first.
        await settled(parts, retried);
        const files = await Promise.all(retried.map((receipt) => desk.show(receipt)));
        const now = files.flatMap((file) => (file ? [{ receipt: file.receipt, status: file.status }] : []));
        print(command.optsWithGlobals(), { retried: now }, () =>
          now.map(({ receipt, status }) => `${receipt}  ${status}`),
        );
      });
    });

  quarantine
    .command('close')
    .argument('<receipts...>')
    .requiredOption('--reason <reason>')
    .action(async (receipts: string[], { reason }: { reason: string }, command: Command) => {
      await withParts(async ({ database, keys }) => {
        const closed = await new QuarantineDesk(database, keys).close(receipts, { who: operator(), reason });
        if (closed.length === 0) throw new CommandFailed('none of these is quarantined or held');
        print(command.optsWithGlobals(), { closed }, () => closed.map((receipt) => `${receipt}  closed`));
      });
    });
}

const lookAgainMs = 50;
const lookTimes = 200;

async function settled({ database, intake }: Parts, receipts: readonly string[]): Promise<void> {
  for (let look = 0; look < lookTimes; look++) {
    const { rowCount } = await database.query(`select from receipts where id = any($1) and status = 'received'`, [
      receipts,
    ]);
    if (rowCount === 0) return;
    await intake.wait(lookAgainMs, AbortSignal.timeout(lookAgainMs));
  }
}
