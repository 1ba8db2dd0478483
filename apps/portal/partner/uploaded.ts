import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Busboy, type BusboyFileStream, type BusboyInstance } from '@fastify/busboy';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { BODY_LIMIT } from '../../../libs/platform/envelopes/limits.js';
import { badRequest, tooLarge, unsupportedType } from '../../../libs/platform/problems/problem.js';

const TYPE = 'multipart/form-data';

export interface Uploaded {
  /** For people to read, and to tell a table by. */
  readonly name: string;
  readonly bytes: Buffer;
}

export interface FormWithFile {
  readonly fields: Readonly<Record<string, string>>;
  readonly file?: Uploaded;
}

/**
 * Lets one route take forms with a file. Its body is left unread until the handler knows who sent it; every other route refuses them
 * as before. Call before routes are registered.
 */
export function takeForms(fastify: FastifyInstance, route: string): void {
  fastify.addContentTypeParser(TYPE, (request, payload, done) => {
    if (request.routeOptions.url === route) done(null, payload);
    else done(unsupportedType('This door does not take that content type.'));
  });
}

/** The form in a request that may have a file in it; undefined when it is an ordinary one, which was read with the request. Throws `Problem`. */
export async function formIn({ headers, body }: FastifyRequest): Promise<FormWithFile | undefined> {
  const type = headers['content-type'] ?? '';
  return type.toLowerCase().startsWith(TYPE) ? formWithFile(body as Readable, type) : undefined;
}

/** Reads the form to its end: its fields, and the file when one was chosen. Throws `Problem`. */
export async function formWithFile(body: Readable, contentType: string): Promise<FormWithFile> {
  const fields = new Map<string, string>();
  const files: Uploaded[] = [];
  const parser = parserOf(contentType);
  let tooMuch = false;
  let cutOff = false;
  const over = (): void => {
    tooMuch = true;
  };
  for (const event of ['partsLimit', 'filesLimit', 'fieldsLimit'] as const) parser.on(event, over);
  parser.on('field', (name, value, _nameCut, cut) => {
    if (cut) tooMuch = true;
    fields.set(name, value);
  });
  // Where none was chosen browsers send an empty one, without a name.
  parser.on('file', (_field: string, stream: BusboyFileStream, name: string | undefined) => {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('limit', over);
    // A form that ends within its file: without a listener this would end the hub.
    stream.on('error', () => {
      cutOff = true;
    });
    stream.on('end', () => {
      if (name !== undefined && name !== '') files.push({ name, bytes: Buffer.concat(chunks) });
    });
  });
  try {
    await pipeline(body, parser);
  } catch {
    // What the parser says may quote the form.
    cutOff = true;
  }
  if (cutOff) throw badRequest('malformed', 'The form is not well-formed.');
  if (tooMuch) throw tooLarge('A file is at most 10 MiB.');
  const [file] = files;
  return { fields: Object.fromEntries(fields), ...(file === undefined ? {} : { file }) };
}

function parserOf(contentType: string): BusboyInstance {
  try {
    // One more byte than a door takes: what is cut there is too long.
    const limits = { fileSize: BODY_LIMIT + 1, files: 1, fieldSize: 1_048_576, fields: 20, parts: 21 };
    return new Busboy({ headers: { 'content-type': contentType }, limits });
  } catch {
    throw badRequest('malformed', 'The form does not say where its parts end.');
  }
}
