import { randomBytes } from 'node:crypto';
import type { Command } from 'commander';
import type { Config } from '../../../libs/platform/config.js';
import { migrate } from '../../../libs/platform/database/migrate.js';
import {
  forgetPreviousKeyFile,
  masterKeysFrom,
  renewKeyFile,
  type MasterKeys,
} from '../../../libs/platform/keys/master-key.js';
import { keysUnder, refuseWhileOthersWrap, rotate, type KeysUnder } from '../../../libs/platform/keys/rotation.js';
import { openDatabases } from '../../../libs/platform/open-parts.js';
import { CommandFailed, print, progressBar, settings, type Output } from '../command.js';

/** The master key: which one wraps what, and changing it. No key is ever an argument or an answer, only fingerprints. */
export function keyCommands(program: Command): void {
  const keys = program.command('keys').description('the master key, which wraps every key');

  keys
    .command('status')
    .description('how many keys lie under which master key, by fingerprint; 1 when some lie under another')
    .action(async (_options: object, command: Command) => {
      const under = await withKeyStore(async (config, url) => keysUnder(url, await masterKeysFrom(config, url)));
      print(command.optsWithGlobals(), under, () => linesOf(under));
      if (Object.keys(under.others).length > 0) process.exitCode = 1;
    });

  keys
    .command('rotate')
    .description(
      'wrap every key with HUB_MASTER_KEY instead of HUB_MASTER_KEY_PREVIOUS, while the hub runs; can be broken off and run again',
    )
    .action(async (_options: object, command: Command) => {
      const output: Output = command.optsWithGlobals();
      const bar = progressBar(output, 'rotate');
      try {
        const answer = await withKeyStore(async (config, url) => {
          const masters = config.HUB_MASTER_KEY === undefined ? await newFile(config, url) : await given(config, url);
          const { rewrapped } = await rotate(url, masters, (done, total) => bar.update(done, total));
          await forgetPreviousKeyFile(config);
          return { rewrapped, ...(await keysUnder(url, masters)) };
        });
        bar.stop();
        print(output, answer, () => [`${answer.rewrapped} keys wrapped anew`, ...linesOf(answer)]);
      } finally {
        bar.stop();
      }
    });
}

export function linesOf({ current, keys, others }: KeysUnder): string[] {
  return [
    `${keys} keys under the master key ${current}`,
    ...Object.entries(others).map(([master, count]) => `${count} keys still under ${master || 'an older one'}`),
  ];
}

async function withKeyStore<T>(work: (config: Config, url: string) => Promise<T>): Promise<T> {
  const config = settings();
  const databases = await openDatabases(config);
  try {
    await migrate('keys', databases.urls.keys);
    return await work(config, databases.urls.keys);
  } finally {
    await databases.close();
  }
}

async function given(config: Config, url: string): Promise<MasterKeys> {
  const masters = await masterKeysFrom(config, url);
  const { others } = await keysUnder(url, masters);
  if (masters.previous === undefined && Object.keys(others).length > 0) {
    throw new CommandFailed('set HUB_MASTER_KEY to the new key and HUB_MASTER_KEY_PREVIOUS to the one before');
  }
  return masters;
}

// In development the key is a file, which hubs read when they start: none may run, whatever the new key will be.
async function newFile(config: Config, url: string): Promise<MasterKeys> {
  await refuseWhileOthersWrap(url, { current: randomBytes(32) });
  return renewKeyFile(config);
}
