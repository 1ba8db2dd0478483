import { access } from 'node:fs/promises';
import type { Command } from 'commander';
import { takeBackup } from '../backup/backup.js';
import { restore, type RestoreStep } from '../backup/restore.js';
import { CommandFailed, print, progressBar, settings, withParts, type Output } from '../command.js';
import { ledgerFile } from '../erase/ledger.js';

interface RestoreOptions {
  readonly data: string;
  readonly keys: string;
  readonly ledger?: string[];
  readonly ledgerNone?: boolean;
}

const steps: Readonly<Record<RestoreStep, string>> = {
  check: 'check files (bytes)',
  load: 'load (bytes)',
  rebuild: 'rebuild (events)',
  verify: 'verify (events)',
};

/** Backup and restore: the data and the keys as two halves that are useless without each other (docs/operations.md). */
export function backupCommands(program: Command): void {
  program
    .command('backup')
    .description('back up the data and the keys into two new folders, as of one moment, while the hub runs')
    .requiredOption('--data <folder>', 'a new folder for the data')
    .requiredOption('--keys <folder>', 'a new folder for the keys, kept elsewhere')
    .option('--together', 'both folders may lie in one place')
    .action(async (options: { data: string; keys: string; together?: boolean }, command: Command) => {
      const output: Output = command.optsWithGlobals();
      const bar = progressBar(output, 'backup (bytes)');
      try {
        const answer = await withParts(async (parts) => {
          const taken = await takeBackup(parts, options, (done, total) => bar.update(done, total));
          return { ...taken, ledger: ledgerFile(parts.config) };
        });
        bar.stop();
        print(output, answer, () => [
          `backup ${answer.backup} as of ${answer.takenAt}, log position ${answer.position}`,
          `${rows(answer.tables.data)} rows of data in ${options.data}, ${rows(answer.tables.keys)} of keys in ${options.keys}, ${answer.bytes} bytes`,
          'The master key is in neither half. What is erased from now on is noted in the ledger, which a restore needs:',
          answer.ledger,
        ]);
      } finally {
        bar.stop();
      }
    });

  program
    .command('restore')
    .description('restore both halves of a backup into an empty hub, erase again what was erased since, and verify')
    .requiredOption('--data <folder>')
    .requiredOption('--keys <folder>')
    .option('--ledger <file...>', "the erasure ledger, of every machine that erased; default: this hub's own")
    .option('--ledger-none', 'there is no ledger, because nobody was erased since the backup')
    .action(async (options: RestoreOptions, command: Command) => {
      const output: Output = command.optsWithGlobals();
      const config = settings();
      const ledgers = options.ledgerNone === true ? undefined : await found(options.ledger ?? [ledgerFile(config)]);
      const bars = new Map<RestoreStep, ReturnType<typeof progressBar>>();
      const stop = (): void => {
        for (const bar of bars.values()) bar.stop();
      };
      try {
        const answer = await restore({ ...options, ledgers }, config, (step, done, total) => {
          if (!bars.has(step)) stop();
          const bar = bars.get(step) ?? progressBar(output, steps[step]);
          bars.set(step, bar);
          bar.update(done, total);
        });
        stop();
        const { events, erasedEvents, receipts } = answer.verified;
        print(output, answer, () => [
          `restored backup ${answer.backup} of ${answer.takenAt} in ${answer.seconds} s: ${answer.rows} rows, as many as were backed up`,
          `${answer.erasedAgain} erasures of after the backup, or unfinished in it, done again`,
          `everything holds: ${events} events (${erasedEvents} erased), ${receipts} receipts; every timeline rebuilt from the log up to ${answer.position}`,
          'Messages acknowledged after the backup are not in it: ask every partner to send again what it sent since then.',
        ]);
      } finally {
        stop();
      }
    });
}

const rows = (tables: Readonly<Record<string, number>>): number =>
  Object.values(tables).reduce((sum, count) => sum + count, 0);

async function found(files: readonly string[]): Promise<readonly string[]> {
  for (const file of files) {
    try {
      await access(file);
    } catch (error) {
      throw new CommandFailed(
        `there is no erasure ledger ${file}: a child erased since the backup would come back. Give it with --ledger, or ` +
          'say --ledger-none when nobody was erased. Nothing was touched.',
        { cause: error },
      );
    }
  }
  return files;
}
