import type { Command } from 'commander';
import { projected } from '../../../libs/projected.js';
import { masterKeysFrom } from '../../../libs/platform/keys/master-key.js';
import { keysUnder } from '../../../libs/platform/keys/rotation.js';
import { Projections } from '../../../libs/platform/projections/engine.js';
import { countExpired, destroyExpired } from '../../worker/retention/retention.js';
import { drain } from '../../worker/worker.loop.js';
import { CommandFailed, operator, print, progressBar, withParts, type Output } from '../command.js';
import { putBack } from '../replay/put-back.js';
import { linesOf } from './keys.js';
import { verify } from '../verify/verify.js';

/** What operators do to a hub as a whole: rebuild, replay, verify. Each can be broken off and run again. */
export function operateCommands(program: Command): void {
  program
    .command('rebuild')
    .description('build a projection anew from the log, beside the one that serves, then swap')
    .argument('<projection>', projected.map(({ name }) => name).join(', '))
    .action(async (name: string, _options: object, command: Command) => {
      const output: Output = command.optsWithGlobals();
      await withParts(async (parts) => {
        const projections = new Projections(parts, projected);
        const bar = progressBar(output, `rebuild ${name}`);
        let read = 0;
        try {
          await projections.rebuild(name, {
            onProgress: ({ events, total }) => {
              read = events;
              bar.update(events, Number(total));
            },
          });
        } finally {
          bar.stop();
          await projections.close();
        }
        print(output, { projection: name, events: read }, () => `${name}: rebuilt from ${read} events`);
      });
    });

  program
    .command('replay')
    .description(
      "translate a system's kept messages again, e.g. after its adapter was mended; what was right stays as it is",
    )
    .requiredOption('--system <system>')
    .requiredOption('--days <days>', 'how far back, by when the hub received them', Number)
    .action(async ({ system, days }: { system: string; days: number }, command: Command) => {
      if (!Number.isFinite(days) || days <= 0) throw new CommandFailed('--days is a number of days');
      const output: Output = command.optsWithGlobals();
      await withParts(async (parts) => {
        const total = await putBack(parts.database, { system, days, who: operator() });
        const bar = progressBar(output, `replay ${system}`);
        const done = await drain(parts, undefined, (count) => bar.update(Math.min(count, total), total));
        bar.stop();
        print(
          output,
          { system, replayed: total, processed: done },
          () => `${total} messages of ${system} translated again`,
        );
      });
    });

  program
    .command('retention')
    .description('destroy messages that were held too long for want of a known child, as workers do every hour')
    .option('--dry-run', 'only say how many there are', false)
    .action(async ({ dryRun }: { dryRun: boolean }, command: Command) => {
      const output: Output = command.optsWithGlobals();
      await withParts(async (parts) => {
        const days = parts.config.HUB_HELD_DAYS;
        const messages = dryRun ? await countExpired(parts) : await destroyExpired(parts);
        const what = dryRun ? 'would be destroyed' : 'destroyed';
        print(
          output,
          { days, messages, destroyed: !dryRun },
          () => `${messages} messages, held over ${days} days: ${what}`,
        );
      });
    });

  program
    .command('verify')
    .description('check hashes, seals, positions, links, receipts against events, and the chain of the audit')
    .action(async (_options: object, command: Command) => {
      const output: Output = command.optsWithGlobals();
      const bar = progressBar(output, 'verify');
      const found = await withParts(async (parts) => {
        const { urls, config } = parts;
        const checked = await verify(parts, (done, total) => bar.update(done, total));
        return { ...checked, masterKeys: await keysUnder(urls.keys, await masterKeysFrom(config, urls.keys)) };
      });
      bar.stop();
      print(output, found, () => [
        `${found.events} events in ${found.streams} streams (${found.erasedEvents} erased), ${found.receipts} receipts (${found.erasedReceipts} erased), ${found.links} links, ${found.looks} looks`,
        ...linesOf(found.masterKeys),
        ...found.problems.map(({ code, where }) => `  ${code}: ${where}`),
        found.problems.length === 0 ? 'everything holds' : `${found.problems.length} problems`,
      ]);
      if (found.problems.length > 0) process.exitCode = 1;
    });
}
