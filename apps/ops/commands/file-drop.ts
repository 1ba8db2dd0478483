import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Command } from 'commander';
import { isInstant } from '../../../libs/kernel/instant.js';
import { CommandFailed, print, progressBar, settings, type Output } from '../command.js';
import { Door } from '../file-drop/door.js';
import { importFile, type FileReport } from '../file-drop/import-file.js';
import type { FileSays, Way } from '../file-drop/send.js';
import { watchFolder, type Taken } from '../file-drop/watch-folder.js';
import { tokenOf } from './partner.js';

interface FileOptions {
  readonly format?: string;
  readonly subject?: string;
  readonly observedAt?: string;
  readonly history: boolean;
  readonly patience: number;
  readonly secrets?: string;
}

interface ImportOptions extends FileOptions {
  readonly system: string;
  readonly receipts?: string;
  readonly try: boolean;
}

/** Files of partners: CSV, XML, NDJSON, and ZIP of those, through the doors of a running hub. */
export function fileDropCommands(program: Command): void {
  asFiles(
    program
      .command('import')
      .description('bring files to the hub: CSV, XML, NDJSON, ZIP; broken off and run again it goes on')
      .argument('<files...>')
      .requiredOption('--system <system>', 'the system whose files these are')
      .option('--receipts <folder>', 'where to write what became of each row; beside the file by default')
      .option('--try', 'say what would become of each row, and record nothing', false),
  ).action(async (files: string[], options: ImportOptions, command: Command) => {
    const output: Output = command.optsWithGlobals();
    const door = await doorFor(options);
    const way: Way = options.try ? 'try' : 'publish';
    const reports: (FileReport & { file: string })[] = [];
    for (const file of files) {
      const bar = progressBar(output, basename(file));
      try {
        const report = await importFile(file, {
          says: { ...saysOf(options), system: options.system },
          door: door(options.system),
          way,
          receipts: receiptsOf(file, options.receipts, way),
          patienceSeconds: options.patience,
          onProgress: progressOf(bar),
        });
        reports.push({ file, ...report });
      } finally {
        bar.stop();
      }
    }
    print(output, { ...(options.try ? { tried: true } : {}), files: reports }, () =>
      reports.map((report) => lineOf(report.file, report, way)),
    );
    const refused = reports.filter((report) => report.refused);
    if (refused.length > 0 && reports.every(({ messages }) => messages === 0)) process.exitCode = 2;
    else if (refused.length > 0 || reports.some(isWrong)) process.exitCode = 1;
  });

  asFiles(
    program
      .command('watch')
      .description('take every file that is dropped in DIR/<system>/incoming, until it is stopped')
      .argument('<dir>', 'has a folder for each system, named after it')
      .option('--settle <seconds>', 'take a file that has not changed for so long', Number, 2)
      .option('--once', 'stop when nothing is left to take', false),
  ).action(async (folder: string, options: FileOptions & { settle: number; once: boolean }, command: Command) => {
    if (!(options.settle >= 0)) throw new CommandFailed('--settle is a number of seconds');
    const output: Output = command.optsWithGlobals();
    const stop = new AbortController();
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
    let wrong = false;
    await watchFolder({
      folder,
      doorOf: await doorFor(options, stop.signal),
      says: saysOf(options),
      settleSeconds: options.settle,
      patienceSeconds: options.patience,
      signal: stop.signal,
      once: options.once,
      onFile: (taken: Taken) => {
        wrong ||= taken.to === 'rejected' || isWrong(taken.report);
        const { system, name, to, report } = taken;
        print(
          output,
          { system, file: name, to, ...report },
          () => `${to}: ${lineOf(join(system, name), report, 'publish')}`,
        );
      },
      onTrouble: (system, why) => {
        wrong = true;
        process.stderr.write(`${system}: ${why}\n`);
      },
    });
    if (options.once && wrong) process.exitCode = 1;
  });
}

function asFiles(command: Command): Command {
  return command
    .option('--history', 'old facts that come late: recorded and shown, and nobody is paged', false)
    .option('--format <format>', "the publisher's own message type; else the hub recognises it by the content")
    .option('--subject <subject>', 'who a file is about that does not say so, e.g. nhs:9990000018')
    .option('--observed-at <instant>', 'when it was observed, for a file that does not say so')
    .option(
      '--patience <seconds>',
      'how long to wait for messages to be recorded while nothing is; 0: do not look',
      Number,
      60,
    )
    .option('--secrets <file>', 'the client secrets of systems, JSON by name; else those of the demonstration');
}

async function doorFor(
  { secrets, observedAt, patience }: FileOptions,
  signal?: AbortSignal,
): Promise<(system: string) => Door> {
  if (observedAt !== undefined && !isInstant(observedAt)) throw new CommandFailed('--observed-at is a time (RFC 3339)');
  if (!(patience >= 0)) throw new CommandFailed('--patience is a number of seconds');
  const known = secrets === undefined ? {} : await secretsIn(secrets);
  const { url } = settings();
  return (system) =>
    new Door({
      url,
      token: async () => tokenOf(system, known[system]),
      ...(signal === undefined ? {} : { signal }),
    });
}

async function secretsIn(file: string): Promise<Readonly<Record<string, string>>> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Record<string, string>;
  } catch (error) {
    // Neither the file's text nor the parser's, which quotes it.
    throw new CommandFailed('--secrets is a JSON file: {"<system>": "<client secret>"}', { cause: error });
  }
}

function saysOf({ format, subject, observedAt, history }: FileOptions): Omit<FileSays, 'system'> {
  return {
    ...(format === undefined ? {} : { format }),
    ...(subject === undefined ? {} : { subject }),
    ...(observedAt === undefined ? {} : { observedAt }),
    ...(history ? { history } : {}),
  };
}

/** What was tried is written elsewhere than what became of it. */
function receiptsOf(file: string, folder: string | undefined, way: Way): string {
  const ending = way === 'try' ? 'tried.ndjson' : 'receipts.ndjson';
  return folder === undefined ? `${file}.${ending}` : join(folder, `${basename(file)}.${ending}`);
}

/** One bar for both steps: the first half is sending, the second is being recorded. */
function progressOf(bar: ReturnType<typeof progressBar>) {
  return (step: 'sent' | 'recorded', done: number, total: number): void => {
    const part = total === 0 ? 50 : Math.floor((done * 50) / total);
    bar.update(step === 'sent' ? part : 50 + part, 100);
  };
}

const WRONG: ReadonlySet<string> = new Set(['quarantined', 'refused', 'received']);

function isWrong({ outcomes }: FileReport): boolean {
  return Object.keys(outcomes).some((outcome) => WRONG.has(outcome));
}

function lineOf(file: string, { messages, outcomes, refused }: FileReport, way: Way): string {
  const counts = Object.entries(outcomes).map(([outcome, count]) => `${count} ${outcome}`);
  const why = refused
    ? [`refused${refused.place === undefined ? '' : ` from ${refused.place} on`}: ${refused.detail}`]
    : [];
  const what = way === 'try' ? `${messages} messages tried and nothing recorded; it would be` : `${messages} messages`;
  return `${file}: ${[what, ...counts, ...why].join(', ')}`;
}
