import { createHash } from 'node:crypto';
import { canonicalType } from '../../contracts/catalogue.js';
import { isInstant } from '../../kernel/instant.js';
import type { Incoming } from '../../kernel/intake.js';
import { badRequest } from '../problems/problem.js';
import { refuseOtherAgencies, type Publisher } from './attributes.js';
import { canonical, contentOf } from './event.js';

const LONGEST = 2_048;

type Headers = Readonly<Record<string, unknown>>;

/**
 * A partner's own message, kept as it is. What its headers say is part of the content: the same bytes about another
 * subject, or seen on another day, are another message, not the same one again. Throws `Problem`.
 */
export function nativeMessage(
  headers: Headers,
  contentType: string,
  body: Buffer,
  publisher: Publisher,
  correlation: string,
): Incoming {
  const format = canonicalType(headerText(headers, 'hub-format') ?? '');
  refuseOtherAgencies(format, publisher, 'Hub-Format');
  const subject = headerText(headers, 'hub-subject');
  const observedAt = headerText(headers, 'hub-observed-at');
  if (observedAt !== undefined && !isInstant(observedAt)) {
    throw badRequest('broken-envelope', 'Hub-Observed-At is a time in RFC 3339.', 'Hub-Observed-At');
  }
  const attributes = {
    ...(subject === undefined ? {} : { subject }),
    ...(observedAt === undefined ? {} : { observedat: observedAt }),
  };
  return {
    system: publisher.system,
    agency: publisher.agency,
    messageId: headerText(headers, 'hub-message-id') ?? namedByContent(body, subject, observedAt),
    format,
    contentType,
    attributes,
    body,
    canonical: canonical({ ...attributes, ...(format === '' ? {} : { format }) }, contentOf(body, contentType), body),
    correlation,
  };
}

/** An id for a message that brings none: of its bytes and of what they are about and when they were seen (docs/adr/0015). */
function namedByContent(body: Buffer, subject: string | undefined, observedAt: string | undefined): string {
  const hash = createHash('sha256').update(body);
  // No header holds a NUL, so no two messages are joined into one text.
  if (subject !== undefined || observedAt !== undefined) hash.update(`\0${subject ?? ''}\0${observedAt ?? ''}`);
  return `sha256:${hash.digest('hex')}`;
}

function headerText(headers: Headers, name: string): string | undefined {
  const raw = headers[name];
  const value = typeof raw === 'string' ? raw.trim() : undefined;
  if (value === undefined || value === '') return undefined;
  if (value.length > LONGEST || /[^\x20-\x7e]/.test(value)) {
    throw badRequest('broken-envelope', `A header is ASCII and at most ${LONGEST} characters long.`, name);
  }
  return value;
}
