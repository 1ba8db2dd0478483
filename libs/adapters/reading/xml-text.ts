import { BadPart } from './bad-part.js';

/**
 * The text of an XML document. What the bytes are is said by their byte order mark, else by the declaration, else it is
 * UTF-8. A declaration that the bytes belie is refused: read otherwise, a name would come out as another name.
 * Throws `BadPart`.
 */
export function xmlText(bytes: Uint8Array): string {
  const marked = markOf(bytes);
  const declared = declaredIn(xmlStart(bytes, 200));
  if (marked !== undefined && declared !== undefined && !marked.startsWith(declared)) throw wrong();
  if (marked === undefined && declared?.startsWith('utf-16')) throw wrong();
  const encoding = marked ?? declared ?? 'utf-8';
  if (!readable.includes(encoding))
    throw new BadPart(
      'xml-encoding',
      'the document is in an encoding that the hub does not read: send UTF-8',
      'line 1',
    );
  return decoded(encoding, bytes, true);
}

/** The first so many bytes as text, good enough to see what begins there. Never throws. */
export function xmlStart(bytes: Uint8Array, length: number): string {
  return decoded(markOf(bytes) ?? 'latin1', bytes.subarray(0, length), false);
}

const readable = ['utf-8', 'utf-16le', 'utf-16be', 'us-ascii', 'iso-8859-1', 'windows-1252'];

// The last two: without a mark, but unmistakably the first sign of a document.
const marks = [
  { mark: [0xef, 0xbb, 0xbf], encoding: 'utf-8' },
  { mark: [0xff, 0xfe], encoding: 'utf-16le' },
  { mark: [0xfe, 0xff], encoding: 'utf-16be' },
  { mark: [0x3c, 0x00], encoding: 'utf-16le' },
  { mark: [0x00, 0x3c], encoding: 'utf-16be' },
] as const;

function markOf(bytes: Uint8Array): string | undefined {
  return marks.find(({ mark }) => mark.every((byte, index) => bytes[index] === byte))?.encoding;
}

function declaredIn(start: string): string | undefined {
  return /^\uFEFF?<\?xml\s[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']/.exec(start)?.[1]?.toLowerCase();
}

function decoded(encoding: string, bytes: Uint8Array, fatal: boolean): string {
  try {
    return new TextDecoder(encoding, { fatal }).decode(bytes);
  } catch {
    throw wrong();
  }
}

function wrong(): BadPart {
  return new BadPart('xml-encoding', 'the document is not in the encoding that it declares, or not in UTF-8', 'line 1');
}
