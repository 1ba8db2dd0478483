import type { Command } from 'commander';
import { isAgency } from '../../../libs/kernel/agency.js';
import { answerMessage } from '../../../libs/platform/annotations/answer-message.js';
import { answers, RequestBook, type AnswerName } from '../../../libs/platform/annotations/request-book.js';
import { drain } from '../../worker/worker.loop.js';
import { CommandFailed, print, withParts } from '../command.js';

/** What readers asked of a source, also what its own list leaves out; and the answer of a source that gave it otherwise. */
export function requestCommands(program: Command): void {
  const requests = program.command('requests').description('what readers said is wrong, or asked, of a source');

  requests
    .command('list')
    .requiredOption('--system <system>')
    .option('--status <status>', 'open or answered', 'open')
    .option('--cursor <cursor>')
    .action(async (options: { system: string; status: string; cursor?: string }, command: Command) => {
      const { system, status, cursor } = options;
      if (status !== 'open' && status !== 'answered') throw new CommandFailed('--status is open or answered');
      await withParts(async ({ database, keys }) => {
        const page = await new RequestBook(database, keys, 'whole').list({ system, status, cursor });
        print(command.optsWithGlobals(), page, () => [
          // What they wrote may name somebody: only --json has it.
          ...page.requests.map(({ id, kind, askedAt, askedBy }) => `${id}  ${kind}  ${askedAt}  ${askedBy.agency}`),
          ...(page.requests.length === 0 ? [`nothing is ${status}`] : []),
          ...(page.cursor === undefined ? [] : [`more: --cursor ${page.cursor}`]),
        ]);
      });
    });

  requests
    .command('answer')
    .argument('<request>')
    .requiredOption('--system <system>', 'whose answer it is')
    .requiredOption('--answer <answer>', Object.keys(answers).join(', '))
    .option('--text <text>', 'in its own words', '')
    .action(async (id: string, given: { system: string; answer: string; text: string }, command: Command) => {
      const { system, answer, text } = given;
      if (!isAnswer(answer)) throw new CommandFailed(`--answer is one of ${Object.keys(answers).join(', ')}`);
      await withParts(async (parts) => {
        const found = await new RequestBook(parts.database, parts.keys, 'whole').find(id, system);
        if (!found) throw new CommandFailed(`${system} has no request ${id}`);
        const { rows } = await parts.database.query<{ agency: string }>(
          'select agency from records where stream = $1',
          [found.stream],
        );
        const agency = rows[0]?.agency ?? '';
        if (!isAgency(agency)) throw new CommandFailed(`${system} has no request ${id}`);
        const at = new Date(parts.clock.now()).toISOString();
        const message = answerMessage({ request: id, stream: found.stream, answer, text, agency, at });
        const [kept] = await parts.intake.keep([message]);
        if (!kept || kept.outcome === 'conflict') throw new CommandFailed('it was answered already, otherwise');
        await drain(parts);
        print(command.optsWithGlobals(), { request: id, answer }, () => `${id}  answered: ${answer}`);
      });
    });
}

function isAnswer(text: string): text is AnswerName {
  return Object.hasOwn(answers, text);
}
