import { tried, type Tried } from '../../../libs/adapters/tried.js';
import type { Piece } from '../../../libs/files/piece.js';
import type { Agency } from '../../../libs/kernel/agency.js';
import { deliveryAttributes } from '../../../libs/kernel/delivery.js';
import type { Incoming } from '../../../libs/kernel/intake.js';
import type { Publisher } from '../../../libs/platform/envelopes/attributes.js';
import { incomingEvent } from '../../../libs/platform/envelopes/event.js';
import { BODY_LIMIT, sized } from '../../../libs/platform/envelopes/limits.js';
import { nativeMessage } from '../../../libs/platform/envelopes/native.js';
import { structuredEvent } from '../../../libs/platform/envelopes/structured.js';
import { Problem } from '../../../libs/platform/problems/problem.js';
import { tryArchive, type TriedArchive, type TriedPiece } from './try-archive.js';
import type { Uploaded } from './uploaded.js';

/** Bytes of a message on the page: the form that carries it may grow threefold, and no form is longer than 1 MiB. */
const LONGEST = 256 * 1_024;

/** How a message is written: the value in the form → its media type. */
export const kinds = {
  event: 'application/cloudevents+json',
  json: 'application/json',
  xml: 'application/xml',
  csv: 'text/csv',
} as const;

export type Kind = keyof typeof kinds;

/** The fields of the form as they were typed. */
export interface Typed {
  readonly system: string;
  readonly kind: Kind;
  readonly format: string;
  readonly subject: string;
  readonly observedAt: string;
  readonly message: string;
  /** In place of the message: a file as it would be sent. */
  readonly file?: Uploaded;
}

/** What is wrong with a field, and how the door puts it. */
export interface TryFault {
  readonly field: Exclude<keyof Typed, 'kind'>;
  readonly text: string;
  /** Reason code of the problem that the door would answer. */
  readonly code?: string;
  /** Where in the message. */
  readonly pointer?: string;
}

export type Attempt =
  | { readonly message: Incoming; readonly result: Tried }
  | { readonly archive: TriedArchive }
  | { readonly fault: TryFault };

/** As the sandbox reads it: the same envelope checks and the same adapter as behind the doors. `receivedAt`: RFC 3339. */
export async function tryMessage(
  typed: Typed,
  agency: Agency,
  correlation: string,
  receivedAt: string,
): Promise<Attempt> {
  const body = typed.file?.bytes ?? Buffer.from(typed.message);
  const fault = typed.file ? faultOfFile(typed, typed.file) : faultOfText(typed.message, body);
  if (fault) return { fault };
  const publisher = { subject: typed.system, system: typed.system, agency, roles: [], scopes: new Set<string>() };
  const attempt = (take: () => Incoming): Exclude<Attempt, { readonly archive: TriedArchive }> => {
    try {
      const message = take();
      return { message, result: tried(message, receivedAt) };
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return { fault: faultOf(error, typed) };
    }
  };
  const taken = (contentType: string, bytes: Buffer): Incoming =>
    contentType === kinds.event
      ? event(bytes, publisher, correlation)
      : native(typed, contentType, bytes, publisher, correlation);
  if (typed.file === undefined || !isArchive(typed.file)) return attempt(() => taken(kinds[kindOf(typed)], body));
  const found = await tryArchive(body, (piece): Pick<TriedPiece, 'result' | 'fault'> => {
    const { result, fault } = { result: undefined, fault: undefined, ...attempt(() => placed(piece, taken)) };
    return result === undefined ? { fault } : { result };
  });
  return 'fault' in found ? found : { archive: found };
}

/** A piece as the door takes it: of a file that was cut it knows which row it begins with. */
function placed(
  { body, contentType, cut, place }: Piece,
  taken: (contentType: string, bytes: Buffer) => Incoming,
): Incoming {
  const message = taken(contentType, body);
  if (cut === undefined) return message;
  return { ...message, attributes: { ...message.attributes, ...deliveryAttributes({ firstRow: place.first }) } };
}

export function isArchive({ bytes }: Uploaded): boolean {
  return bytes.subarray(0, 2).toString('latin1') === 'PK';
}

function faultOfText(message: string, { length }: Buffer): TryFault | undefined {
  if (length > LONGEST)
    return { field: 'message', text: `Paste a message of at most ${LONGEST / 1_024} KiB, or choose it as a file` };
  return message.trim() === '' ? { field: 'message', text: 'Enter a message, or choose a file' } : undefined;
}

function faultOfFile({ message }: Typed, { bytes }: Uploaded): TryFault | undefined {
  if (message.trim() !== '') return { field: 'file', text: 'Paste a message or choose a file, not both' };
  if (bytes.length === 0) return { field: 'file', text: 'The selected file is empty' };
  if (bytes.length > BODY_LIMIT) return { field: 'file', text: 'The selected file must be smaller than 10 MiB' };
  return undefined;
}

/** A file that is a table or a document by its name is one, whatever was chosen for what is pasted. */
function kindOf({ kind, file }: Typed): Kind {
  if (/\.csv$/i.test(file?.name ?? '')) return 'csv';
  return /\.xml$/i.test(file?.name ?? '') ? 'xml' : kind;
}

function event(body: Buffer, publisher: Publisher, correlation: string): Incoming {
  sized(body);
  return incomingEvent(structuredEvent(body, publisher), publisher, correlation);
}

function native(typed: Typed, contentType: string, body: Buffer, publisher: Publisher, correlation: string): Incoming {
  const headers = {
    'hub-format': typed.format,
    'hub-subject': typed.subject,
    'hub-observed-at': typed.observedAt,
  };
  return nativeMessage(headers, contentType, body, publisher, correlation);
}

const fieldOf: Readonly<Record<string, TryFault['field']>> = {
  'hub-format': 'format',
  'hub-subject': 'subject',
  'hub-observed-at': 'observedAt',
};

function faultOf({ code, detail, pointer }: Problem, { file }: Typed): TryFault {
  const field = fieldOf[pointer?.toLowerCase() ?? ''];
  if (field) return { field, text: detail, code };
  return {
    field: file ? 'file' : 'message',
    text: detail,
    code,
    ...(pointer === undefined || pointer === '' ? {} : { pointer }),
  };
}
