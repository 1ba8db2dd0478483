import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { CommandFailed, print, settings } from '../command.js';

/** What a partner does, from the command line: token, publish, receipts. Through the real doors of a running hub. */
export function partnerCommands(program: Command): void {
  program
    .command('token')
    .description('print an access token of a demonstration system, to publish with')
    .argument('<system>', 'police, court, probation, social-care, …')
    .action(async (system: string, _options: object, command: Command) => {
      const token = await tokenOf(system);
      print(command.optsWithGlobals(), { token }, () => token);
    });

  program
    .command('publish')
    .description('publish messages: CloudEvents (.json), or a native format with --format')
    .argument('<files...>')
    .requiredOption('--system <system>', 'the system that publishes')
    .option('--format <format>', "the publisher's own message type, for the native door")
    .option('--content-type <type>', 'content type of a native message', 'application/json')
    .option('--subject <subject>', 'who a message is about that does not say so, e.g. nhs:9990000018')
    .option('--observed-at <instant>', 'when it was observed, for a message that does not say so')
    .action(async (files: string[], options: PublishOptions, command: Command) => {
      const token = await tokenOf(options.system);
      const answers: object[] = [];
      for (const file of files) answers.push(await publish(await readFile(file), options, token));
      print(command.optsWithGlobals(), answers, () => answers.map((answer) => JSON.stringify(answer)));
    });

  program
    .command('receipts')
    .description("list a system's receipts")
    .requiredOption('--system <system>')
    .option('--status <status>')
    .option('--since <instant>')
    .action(async (options: { system: string; status?: string; since?: string }, command: Command) => {
      const { system, ...query } = options;
      const answer = (await call(`/v1/receipts?${new URLSearchParams(query).toString()}`, {
        headers: { authorization: `Bearer ${await tokenOf(system)}` },
      })) as { receipts: { id: string; status: string; receivedAt: string }[] };
      print(command.optsWithGlobals(), answer, () =>
        answer.receipts.map(({ id, status, receivedAt }) => `${id}  ${status.padEnd(15)}  ${receivedAt}`),
      );
    });
}

interface PublishOptions {
  readonly system: string;
  readonly format?: string;
  readonly contentType: string;
  readonly subject?: string;
  readonly observedAt?: string;
}

async function publish(body: Buffer, options: PublishOptions, token: string): Promise<object> {
  const authorization = `Bearer ${token}`;
  if (options.format === undefined) {
    const batch = body.toString('utf8').trimStart().startsWith('[');
    const contentType = batch ? 'application/cloudevents-batch+json' : 'application/cloudevents+json';
    return call('/v1/events', { method: 'POST', body, headers: { authorization, 'content-type': contentType } });
  }
  const headers = {
    authorization,
    'content-type': options.contentType,
    'hub-format': options.format,
    ...(options.subject === undefined ? {} : { 'hub-subject': options.subject }),
    ...(options.observedAt === undefined ? {} : { 'hub-observed-at': options.observedAt }),
  };
  return call(`/v1/native/${encodeURIComponent(options.system)}`, { method: 'POST', body, headers });
}

/** A token of a system from the issuer of a running hub; of the demonstration's where no client secret is given. */
export async function tokenOf(system: string, secret = `${system}-secret`): Promise<string> {
  const answer = (await call('/oauth2/token', {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${system}:${secret}`).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: 'grant_type=client_credentials&scope=publish',
  })) as { access_token: string };
  return answer.access_token;
}

async function call(path: string, request: RequestInit): Promise<object> {
  const { url } = settings();
  let response: Response;
  try {
    response = await fetch(`${url}${path}`, request);
  } catch (error) {
    throw new CommandFailed(`no hub answers at ${url}: start one with npm start`, { cause: error });
  }
  const text = await response.text();
  if (!response.ok) throw new CommandFailed(`${path}: ${response.status} ${text}`);
  return JSON.parse(text) as object;
}
