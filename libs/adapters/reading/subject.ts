import type { IdentifierKind, Message, SourceRecord } from '../../kernel/fact.js';
import { part, type Item } from '../../kernel/outcome.js';
import { instant } from '../../kernel/instant.js';

/** Whose record a snapshot is of, and when its source saw it: what the message itself does not say. */
export interface Placing {
  readonly record: SourceRecord;
  /** RFC 3339, in UTC. */
  readonly observedAt: string;
}

const kinds = ['nhs', 'pnc', 'asn', 'upn', 'uln', 'noms', 'crn', 'cro'] as const satisfies readonly IdentifierKind[];

/**
 * What the publisher's headers say (`Hub-Subject`, `Hub-Observed-At`), or a CloudEvent's `subject` and `time`; else what
 * is missing, a part for each. The subject is the record's key: nothing else names the record. `nhs:` and the other kinds
 * of identifier also say who it is about.
 */
export function placingOf({ attributes }: Message): Placing | readonly Item[] {
  const subject = spelt(attributes.subject ?? '');
  const time = attributes.observedat ?? attributes.time;
  const observedAt = time === undefined ? undefined : instant(time);
  if (subject !== '' && !subject.endsWith(':') && observedAt !== undefined) {
    return { record: { key: subject, person: { identifiers: identifiersIn(subject) } }, observedAt };
  }
  return [
    ...(subject === '' ? [lacking('no-subject', 'Hub-Subject', 'whose record it is')] : []),
    ...(subject.endsWith(':') ? [lacking('no-subject', 'Hub-Subject', 'the number after its kind')] : []),
    ...(time === undefined ? [lacking('no-observed-at', 'Hub-Observed-At', 'when the record said so')] : []),
    ...(time !== undefined && observedAt === undefined
      ? [part('quarantined', 'invalid-time', 'Hub-Observed-At is a time (RFC 3339)', 'Hub-Observed-At')]
      : []),
  ];
}

function lacking(code: string, header: string, what: string): Item {
  return part('quarantined', code, `${header} is missing: the message itself does not say ${what}`, header);
}

// One number in one spelling: the record is found by it again.
function spelt(subject: string): string {
  const [, kind = '', value = ''] = /^\s*([A-Za-z]+)\s*:(.*)$/.exec(subject) ?? [];
  if (!isKind(kind.toLowerCase())) return subject.trim();
  return `${kind.toLowerCase()}:${value.replace(/\s+/g, '').toUpperCase()}`;
}

function identifiersIn(subject: string): readonly { kind: IdentifierKind; value: string }[] {
  const [kind = '', value = ''] = subject.split(/:(.*)/s);
  return isKind(kind) ? [{ kind, value }] : [];
}

function isKind(text: string): text is IdentifierKind {
  return (kinds as readonly string[]).includes(text);
}
