import type { Command } from 'commander';
import { keptBy } from '../../../libs/contracts/kept-until.js';
import { dayInLondon } from '../../../libs/kernel/london.js';
import { linkByHand, unlinkByHand } from '../../worker/identify/by-hand.js';
import { eraseChild } from '../erase/erase.js';
import { inWords, keptOf } from '../erase/holds.js';
import { asLook, recordOperatorLook, type LookOptions } from '../operator-look.js';
import { ledgerFile } from '../erase/ledger.js';
import { CommandFailed, operator, print, withParts } from '../command.js';

/** Which child a record belongs to, and erasing a child. Ids are the hub's own: no name is ever an argument. */
export function recordCommands(program: Command): void {
  asLook(program.command('records'), 'identity')
    .description('the records that belong to a child, and since when')
    .argument('<child>')
    .action(async (child: string, options: LookOptions, command: Command) => {
      await withParts(async (parts) => {
        const { rows } = await parts.database.query<{
          record: string;
          system: string;
          method: string;
          known_from: string;
          reason: string;
        }>(
          `select l.record, r.system, l.method, l.known_from, l.reason from links l join records r on r.stream = l.record
            where l.child = $1 and l.known_to = 'infinity' order by l.known_from`,
          [id(child)],
        );
        const look = { what: 'records.list', child: id(child), details: { records: rows.length } };
        await recordOperatorLook(parts, look, options);
        print(command.optsWithGlobals(), { child, records: rows }, () =>
          rows.length === 0
            ? 'no records'
            : rows.map(
                (row) =>
                  `${row.record}  ${row.system.padEnd(13)}  ${row.method.padEnd(6)}  since ${row.known_from}  ${row.reason}`,
              ),
        );
      });
    });

  program
    .command('link')
    .description('decide that a record belongs to a child')
    .argument('<record>')
    .argument('<child>')
    .requiredOption('--reason <reason>')
    .action(async (record: string, child: string, { reason }: { reason: string }, command: Command) => {
      await withParts((parts) => linkByHand(parts.database, id(record), id(child), { who: operator(), reason }));
      print(
        command.optsWithGlobals(),
        { record, child, linked: true },
        () => `record ${record} belongs to child ${child}`,
      );
    });

  program
    .command('unlink')
    .description('decide that a record does not belong to a child: it gets a provisional child of its own')
    .argument('<record>')
    .argument('<child>')
    .requiredOption('--reason <reason>')
    .action(async (record: string, child: string, { reason }: { reason: string }, command: Command) => {
      const own = await withParts((parts) =>
        unlinkByHand(parts.database, id(record), id(child), { who: operator(), reason }),
      );
      print(
        command.optsWithGlobals(),
        { record, child: own },
        () => `record ${record} now belongs to provisional child ${own}`,
      );
    });

  asLook(program.command('kept'), 'erasure')
    .description('how long what is held of a child is kept, by each retention class, and what keeps it today')
    .argument('<child>')
    .action(async (child: string, options: LookOptions, command: Command) => {
      await withParts(async (parts) => {
        const { rows } = await parts.database.query<{ record: string }>(
          `select record from links where child = $1 and known_to = 'infinity'`,
          [id(child)],
        );
        const kept = await keptOf(
          rows.map(({ record }) => record),
          parts,
        );
        const keeping = keptBy(kept, dayInLondon(new Date(parts.clock.now()).toISOString()));
        await recordOperatorLook(parts, { what: 'records.kept', child: id(child), details: {} }, options);
        print(command.optsWithGlobals(), { child, due: keeping.length === 0, kept }, () => [
          ...kept.map((one) => `${keeping.includes(one) ? 'keeps' : 'over '}  last ${one.last}  ${inWords(one)}`),
          keeping.length === 0 ? 'nothing keeps it any more' : `kept by ${keeping.length} of ${kept.length} classes`,
        ]);
      });
    });

  program
    .command('erase')
    .description(
      'erase a child: destroys the keys of its records and of every receipt that mentions it. Cannot be undone',
    )
    .argument('<child>')
    .requiredOption('--reason <reason>')
    .option('--despite-hold <why>', 'erase although a retention hold applies, and why that is right')
    .action(async (child: string, options: { reason: string; despiteHold?: string }, command: Command) => {
      const erased = await withParts(async (parts) => ({
        ...(await eraseChild({ ...options, child: id(child), who: operator() }, parts)),
        ledger: ledgerFile(parts.config),
      }));
      print(command.optsWithGlobals(), erased, () => [
        `erased ${erased.records} records and ${erased.receipts} receipts (erasure ${erased.erasure})`,
        'A backup of the hub holds only what these keys sealed. A backup of the key store made before now still holds the',
        'keys: let it expire, or destroy it, and the erasure is complete. A restore erases the child again by the ledger; copy it now:',
        erased.ledger,
      ]);
    });
}

function id(text: string): string {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text))
    throw new CommandFailed(`not an id of the hub: ${text.slice(0, 40)}`);
  return text.toLowerCase();
}
