import type { Command } from 'commander';
import { print, progressBar, settings, type Output } from '../command.js';
import { playChildhood } from '../demo/play.js';

export function demoCommand(program: Command): void {
  program
    .command('demo')
    .description('play the demonstration childhood through the doors of a running hub')
    .action(async (_options: object, command: Command) => {
      const output: Output = command.optsWithGlobals();
      const bar = progressBar(output, 'demonstration');
      const messages = await playChildhood(settings().url, new Date().toISOString(), (done, total) =>
        bar.update(done, total),
      );
      bar.stop();
      print(output, { messages }, () => `${messages} messages published`);
    });
}
