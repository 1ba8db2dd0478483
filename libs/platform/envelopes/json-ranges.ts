/** A piece of a JSON text, from its first byte to after its last. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/**
 * Where the elements of a JSON array lie, so that each can be kept byte for byte as it was sent. The bytes must be valid
 * JSON (parse them first) and an array. Structure is ASCII, so UTF-8 is never cut in two.
 */
export function elements(json: Uint8Array): Range[] {
  return parts(json).map((range) => trimmed(json, range));
}

/** The first name that a JSON object's text gives twice at its top level; `JSON.parse` silently kept the last. */
export function repeatedName(json: Uint8Array, parsed: object): string | undefined {
  const members = parts(json);
  if (members.length === Object.keys(parsed).length) return undefined;
  const seen = new Set<string>();
  for (const { from, to } of members) {
    const text = trimmed(json, { from, to: endOfName(json, from, to) });
    const name = JSON.parse(Buffer.from(json.subarray(text.from, text.to)).toString()) as string;
    if (seen.has(name)) return name;
    seen.add(name);
  }
  throw new Error('an object was cut at other places than it was parsed');
}

/** True when arrays and objects stand more than `limit` deep in each other. */
export function isDeeperThan(limit: number, json: Uint8Array): boolean {
  // Every level takes two bytes.
  if (json.length < 2 * limit) return false;
  let depth = 0;
  for (let at = 0; at < json.length; at += 1) {
    switch (json[at]) {
      case QUOTE:
        at = endOfString(json, at);
        break;
      case OPEN_ARRAY:
      case OPEN_OBJECT:
        depth += 1;
        if (depth > limit) return true;
        break;
      case CLOSE_ARRAY:
      case CLOSE_OBJECT:
        depth -= 1;
        break;
      default:
    }
  }
  return false;
}

/** The pieces between the commas of the outermost array or object. */
function parts(json: Uint8Array): Range[] {
  const found: Range[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < json.length; at += 1) {
    switch (json[at]) {
      case QUOTE:
        at = endOfString(json, at);
        break;
      case OPEN_ARRAY:
      case OPEN_OBJECT:
        depth += 1;
        if (depth === 1) from = at + 1;
        break;
      case CLOSE_ARRAY:
      case CLOSE_OBJECT:
        depth -= 1;
        if (depth === 0) found.push({ from, to: at });
        break;
      case COMMA:
        if (depth !== 1) break;
        found.push({ from, to: at });
        from = at + 1;
        break;
      default:
    }
  }
  const [only] = found;
  return found.length === 1 && only && isBlank(json, only) ? [] : found;
}

/** The index of the closing quote. */
function endOfString(json: Uint8Array, from: number): number {
  for (let at = json.indexOf(QUOTE, from + 1); at !== -1; at = json.indexOf(QUOTE, at + 1)) {
    let escapes = 0;
    while (json[at - 1 - escapes] === BACKSLASH) escapes += 1;
    if (escapes % 2 === 0) return at;
  }
  return json.length;
}

function endOfName(json: Uint8Array, from: number, to: number): number {
  for (let at = from; at < to; at += 1) {
    if (json[at] === QUOTE) at = endOfString(json, at);
    else if (json[at] === COLON) return at;
  }
  return to;
}

function trimmed(json: Uint8Array, { from, to }: Range): Range {
  let start = from;
  let end = to;
  while (start < end && isSpace(json[start])) start += 1;
  while (end > start && isSpace(json[end - 1])) end -= 1;
  return { from: start, to: end };
}

function isBlank(json: Uint8Array, range: Range): boolean {
  const { from, to } = trimmed(json, range);
  return from === to;
}

const isSpace = (byte: number | undefined): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
