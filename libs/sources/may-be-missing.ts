import { canonicalType, catalogue } from '../contracts/catalogue.js';

/** A message that could not be recorded, or waits, as it came. */
export interface Unread {
  /** CloudEvents type, `Hub-Format`, or ''. */
  readonly format: string;
  readonly contentType: string;
  readonly body: Uint8Array;
}

/** Why a message may report a missing child: its type says so, its text does, or nobody can read what it says. */
export type Sign = 'type' | 'words' | 'unreadable';

const NAMED = /missing|misper|abscond|whereabouts/i;
// What forces, homes and schools write. A word too many costs a telephone call; one too few, a night.
const WORDS =
  /\b(?:missing|misper|abscond\w*|whereabouts|ran away|run away|runaway|absent without|not returned|fail\w* to return|away from placement)\b/i;

/**
 * The sign that a message may report a missing child; undefined when there is none. Cheap and honest: it reads no meaning.
 * `mayReport`: whether its system reports missing children, so that what is unreadable of it may be such a report.
 */
export function signOfMissing({ format, contentType, body }: Unread, mayReport: boolean): Sign | undefined {
  if (NAMED.test(format)) return 'type';
  // A type of the contract says what it is: an arrest that breaks the contract is an arrest.
  if (catalogue.has(canonicalType(format))) return undefined;
  const text = textOf(body);
  if (text !== undefined && WORDS.test(text)) return 'words';
  return mayReport && (text === undefined || isBroken(text, contentType)) ? 'unreadable' : undefined;
}

function textOf(body: Uint8Array): string | undefined {
  const wide =
    body[0] === 0xff && body[1] === 0xfe ? 'utf-16le' : body[0] === 0xfe && body[1] === 0xff ? 'utf-16be' : '';
  try {
    const text = new TextDecoder(wide === '' ? 'utf-8' : wide, { fatal: true }).decode(body);
    return text.includes('\0') || text.trim() === '' ? undefined : text;
  } catch {
    return latinText(body);
  }
}

// Files of older systems are Windows-1252: no UTF-8, and yet words.
function latinText(body: Uint8Array): string | undefined {
  const text = new TextDecoder('windows-1252').decode(body);
  return body.some((byte) => byte < 0x09 || (byte > 0x0d && byte < 0x20)) ? undefined : text;
}

function isBroken(text: string, contentType: string): boolean {
  if (!/json/i.test(contentType)) return false;
  try {
    JSON.parse(text);
    return false;
  } catch {
    return true;
  }
}
