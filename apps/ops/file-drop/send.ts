import { createHash } from 'node:crypto';
import type { Piece, Place } from '../../../libs/files/piece.js';
import type { PartOutcome } from '../../../libs/kernel/intake.js';
import type { Door, DoorAnswer } from './door.js';

// Of one request: many events share its cost, and it stays far below what a door takes.
const EVENTS = 500;
const BYTES = 4 * 1_048_576;

/** What the publisher says of all the messages in a file. */
export interface FileSays {
  readonly system: string;
  /** The publisher's own message type; without it the hub recognises it by the content. */
  readonly format?: string;
  readonly subject?: string;
  /** RFC 3339. */
  readonly observedAt?: string;
  readonly history?: boolean;
}

/** Whether messages are kept, or only tried: then the sandbox says what would become of them. */
export type Way = 'publish' | 'try';

const doors = {
  publish: { events: '/v1/events', native: '/v1/native' },
  try: { events: '/v1/sandbox/events', native: '/v1/sandbox/native' },
} as const;

/** What became of a piece at the door: a receipt, what would come of it, or a problem that sending again does not change. */
export interface Sent {
  readonly place: Place;
  readonly receipt?: string;
  readonly tried?: readonly PartOutcome[];
  readonly refused?: { readonly code: string; readonly detail: string };
}

/** Pieces that go in one request. */
export type Parcel = readonly [Piece, ...Piece[]];

/** CloudEvents that follow each other go together; anything else is a request of its own. */
export async function* parcels(pieces: AsyncIterable<Piece>): AsyncGenerator<Parcel> {
  let events: Piece[] = [];
  let bytes = 0;
  for await (const piece of pieces) {
    const [first, ...more] = events;
    const full = events.length >= EVENTS || bytes + piece.body.length > BYTES;
    if (first && (piece.door !== 'event' || full)) {
      yield [first, ...more];
      events = [];
      bytes = 0;
    }
    if (piece.door !== 'event') {
      yield [piece];
      continue;
    }
    events.push(piece);
    bytes += piece.body.length;
  }
  const [first, ...more] = events;
  if (first) yield [first, ...more];
}

/** Sends a parcel; answers in the order of its pieces. `sha256`: of the whole file, in hex. */
export async function send(door: Door, way: Way, parcel: Parcel, says: FileSays, sha256: string): Promise<Sent[]> {
  const [first] = parcel;
  if (first.door === 'native') return [await sendNative(door, way, first, says, sha256)];
  const body = Buffer.from(`[${parcel.map((piece) => piece.body.toString()).join(',')}]`);
  const headers = {
    'content-type': 'application/cloudevents-batch+json',
    ...deliveryHeaders({ history: says.history }),
  };
  const answer = await door.ask(doors[way].events, { method: 'POST', headers, body });
  if (answer.ok) return parcel.map(({ place }, at) => ({ place, ...receiptIn(answer, at) }));
  if (parcel.length === 1) return [{ place: first.place, refused: problemIn(answer.body) }];
  // One of them spoils the request: alone, each gets its own answer.
  const each: Sent[] = [];
  for (const piece of parcel) each.push(...(await send(door, way, [piece], says, sha256)));
  return each;
}

async function sendNative(door: Door, way: Way, piece: Piece, says: FileSays, sha256: string): Promise<Sent> {
  const { place, body, contentType, cut } = piece;
  const { system, format, subject, observedAt, history } = says;
  const headers = {
    'content-type': contentType,
    ...(format === undefined ? {} : { 'hub-format': format }),
    ...(subject === undefined ? {} : { 'hub-subject': subject }),
    ...(observedAt === undefined ? {} : { 'hub-observed-at': observedAt }),
    ...(cut === true ? { 'hub-message-id': pieceId(sha256, place, says) } : {}),
    ...deliveryHeaders({ history, firstRow: cut === true ? place.first : undefined }),
  };
  const answer = await door.ask(`${doors[way].native}/${encodeURIComponent(system)}`, {
    method: 'POST',
    headers,
    body,
  });
  return answer.ok ? { place, ...receiptIn(answer, 0) } : { place, refused: problemIn(answer.body) };
}

/**
 * The id of a piece: of what the whole file holds, what was said of it, and where the piece stands; never of a name. Of the
 * piece alone it must not be: a later file may say again what an earlier one said and one in between did not.
 */
export function pieceId(sha256: string, { first, last }: Place, { format, subject, observedAt }: FileSays): string {
  const about = [sha256, format ?? '', subject ?? '', observedAt ?? ''].join('\0');
  return `file:${createHash('sha256').update(about).digest('hex')}:${first}-${last}`;
}

function deliveryHeaders(delivery: { history?: boolean | undefined; firstRow?: number | undefined }) {
  return {
    ...(delivery.history === true ? { 'hub-history': 'true' } : {}),
    ...(delivery.firstRow === undefined ? {} : { 'hub-first-row': String(delivery.firstRow) }),
  };
}

function receiptIn({ body }: DoorAnswer, at: number): Omit<Sent, 'place'> {
  const { receipts, results } = body as { receipts?: readonly unknown[]; results?: readonly unknown[] };
  const item = (receipts ?? results)?.[at];
  if (typeof item !== 'object' || item === null) return { refused: problemIn(undefined) };
  if ('id' in item && typeof item.id === 'string') return { receipt: item.id };
  if ('outcomes' in item) return { tried: item.outcomes as readonly PartOutcome[] };
  return { refused: problemIn('problem' in item ? item.problem : undefined) };
}

function problemIn(body: unknown): { code: string; detail: string } {
  const problem = typeof body === 'object' && body !== null ? body : {};
  const type = 'type' in problem && typeof problem.type === 'string' ? problem.type : '';
  const detail =
    'detail' in problem && typeof problem.detail === 'string' ? problem.detail : 'the hub does not say why';
  return { code: type.replace('/problems/', '') || 'refused', detail };
}
