import type { IncomingMessage } from 'node:http';
import { badRequest } from '../../../libs/platform/problems/problem.js';
import { checkedAttributes, type Publisher } from '../../../libs/platform/envelopes/attributes.js';
import { contentOf, type ReceivedEvent } from '../../../libs/platform/envelopes/event.js';

const PREFIX = 'ce-';

/** True when any header says that this is an event in binary mode. */
export function isBinary({ headers }: IncomingMessage): boolean {
  for (const name in headers) if (name.startsWith(PREFIX)) return true;
  return false;
}

/** Attributes from `ce-*` headers, data from the body. `contentType` is as the publisher sent it. Throws `Problem`. */
export function binaryEvent(
  request: IncomingMessage,
  contentType: string,
  body: Buffer,
  publisher: Publisher,
): ReceivedEvent {
  const given = attributesIn(request);
  if (given.has('datacontenttype')) {
    throw badRequest('broken-envelope', 'In binary mode the content type is Content-Type.', 'ce-datacontenttype');
  }
  if (contentType !== '') given.set('datacontenttype', contentType);
  const pointer = (name: string): string => (name === 'datacontenttype' ? 'Content-Type' : `${PREFIX}${name}`);
  const attributes = checkedAttributes(given, publisher, pointer);
  return { attributes, content: contentOf(body, contentType), body, contentType };
}

// Raw headers, because Node joins a header that comes twice into one value that nobody sent.
function attributesIn({ rawHeaders }: IncomingMessage): Map<string, string> {
  const attributes = new Map<string, string>();
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const header = (rawHeaders[at] ?? '').toLowerCase();
    if (!header.startsWith(PREFIX)) continue;
    const name = header.slice(PREFIX.length);
    if (attributes.has(name))
      throw badRequest('broken-envelope', 'A header stands twice: which one is meant?', header.slice(0, 64));
    attributes.set(name, decoded(rawHeaders[at + 1] ?? '', header));
  }
  return attributes;
}

// CloudEvents HTTP binding 3.1.3.2: percent-encoded UTF-8, perhaps in double quotes.
function decoded(value: string, header: string): string {
  if (/[^\x20-\x7e]/.test(value)) {
    throw badRequest(
      'broken-envelope',
      'A header value is ASCII; other characters are percent-encoded.',
      header.slice(0, 64),
    );
  }
  const bare = /^".*"$/.test(value) ? value.slice(1, -1).replaceAll(/\\(.)/g, '$1') : value;
  if (!bare.includes('%')) return bare;
  try {
    return decodeURIComponent(bare);
  } catch {
    throw badRequest('broken-envelope', 'A header value is percent-encoded UTF-8.', header.slice(0, 64));
  }
}
