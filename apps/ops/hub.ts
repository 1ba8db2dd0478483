import 'reflect-metadata';
import { Command, CommanderError } from 'commander';
import { explain } from './command.js';
import { backupCommands } from './commands/backup.js';
import { credentialCommands } from './commands/credentials.js';
import { demoCommand } from './commands/demo.js';
import { fileDropCommands } from './commands/file-drop.js';
import { keyCommands } from './commands/keys.js';
import { operateCommands } from './commands/operate.js';
import { partnerCommands } from './commands/partner.js';
import { quarantineCommands } from './commands/quarantine.js';
import { recordCommands } from './commands/records.js';
import { requestCommands } from './commands/requests.js';

/** The `hub` command line. Exit code 0: done; 1: done, and something is wrong; 2: could not be done. */
const program = new Command('hub')
  .description('Operate a Youth Justice Hub')
  .option('--json', 'answer in JSON', false)
  .exitOverride();
for (const add of [
  partnerCommands,
  fileDropCommands,
  quarantineCommands,
  recordCommands,
  requestCommands,
  operateCommands,
  keyCommands,
  credentialCommands,
  backupCommands,
  demoCommand,
])
  add(program);
inherit(program);

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else {
    process.stderr.write(`${explain(error)}\n`);
    process.exitCode = 2;
  }
}

/** `--json` may stand anywhere on the line, and a wrong call ends with our exit code at any depth. */
function inherit(command: Command): void {
  for (const child of command.commands) {
    child.option('--json', 'answer in JSON').exitOverride();
    inherit(child);
  }
}
