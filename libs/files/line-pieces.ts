import { isUtf8 } from 'node:buffer';
import { MESSAGE_LIMIT, type Piece } from './piece.js';
import { FileRefused } from './refusal.js';

const LF = 0x0a;

/**
 * The lines of an NDJSON file, each a message as if it had been published alone: a CloudEvent by its own id, anything else
 * natively. What is no JSON goes too, and is put before a person. Throws `FileRefused` for a line that no door takes.
 */
export async function* linePieces(source: AsyncIterable<Buffer>): AsyncGenerator<Piece> {
  let line = 0;
  for await (const bytes of lines(source)) {
    line += 1;
    const body = trimmed(line === 1 ? withoutBom(bytes) : bytes);
    if (body.length === 0) continue;
    if (body.length > MESSAGE_LIMIT) throw tooLong(line);
    const place = { unit: 'line' as const, first: line, last: line };
    const door = isEvent(body) ? 'event' : 'native';
    yield { place, body, door, contentType: door === 'event' ? 'application/cloudevents+json' : 'application/json' };
  }
  if (line === 0) throw new FileRefused('empty', 'the file is empty');
}

async function* lines(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let size = 0;
  let line = 1;
  for await (const chunk of source) {
    let from = 0;
    for (let end = chunk.indexOf(LF); end >= 0; end = chunk.indexOf(LF, from)) {
      yield Buffer.concat([...held, chunk.subarray(from, end)]);
      held = [];
      size = 0;
      from = end + 1;
      line += 1;
    }
    if (from < chunk.length) held.push(chunk.subarray(from));
    size += chunk.length - from;
    if (size > MESSAGE_LIMIT) throw tooLong(line);
  }
  if (size > 0) yield Buffer.concat(held);
}

function tooLong(line: number): FileRefused {
  return new FileRefused('too-large', `a line is longer than the ${MESSAGE_LIMIT} bytes of a message`, `line ${line}`);
}

/** As far as choosing a door needs: the door itself judges the envelope. */
function isEvent(line: Buffer): boolean {
  if (!isUtf8(line)) return false;
  try {
    const value: unknown = JSON.parse(line.toString());
    return typeof value === 'object' && value !== null && 'specversion' in value;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return false;
    throw error;
  }
}

function withoutBom(bytes: Buffer): Buffer {
  return bytes.subarray(0, 3).equals(Buffer.from('\uFEFF')) ? bytes.subarray(3) : bytes;
}

function trimmed(bytes: Buffer): Buffer {
  let [from, to] = [0, bytes.length];
  while (from < to && isSpace(bytes[from])) from += 1;
  while (to > from && isSpace(bytes[to - 1])) to -= 1;
  return bytes.subarray(from, to);
}

const isSpace = (byte: number | undefined): boolean => byte === 0x20 || byte === 0x09 || byte === 0x0d;
