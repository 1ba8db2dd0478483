import type { JsonObject } from '@bufbuild/protobuf';
import { agencies } from '../../../../libs/kernel/agency.js';
import { headerFields } from '../../../../libs/timeline/header/header.fold.js';
import { instant, listOf, object, oneOf, ref, text, uuid } from './describe.js';

const day: JsonObject = { type: 'string', format: 'date' };
const count: JsonObject = { type: 'integer', minimum: 0 };

const entry = {
  id: uuid,
  record: uuid,
  fact: { type: 'string', description: 'The versions of one fact share it.' },
  type: text,
  title: text,
  lines: listOf(object({ label: text, value: text })),
  agency: oneOf(agencies),
  system: text,
  category: text,
  handling: text,
  occurredAt: instant,
  precision: oneOf(['instant', 'date']),
  occurred: { type: 'string', description: 'In words, as exactly as the source knew.' },
  statedAt: instant,
  receivedAt: instant,
  recordedAt: instant,
  receipt: uuid,
  state: oneOf(['current', 'superseded', 'withdrawn', 'historic']),
  supersedes: uuid,
  supersededBy: uuid,
  supersededAt: instant,
  withdrawnAt: instant,
  erased: { type: 'boolean' },
} satisfies Record<string, JsonObject>;

const entrySometimes = ['supersedes', 'supersededBy', 'supersededAt', 'withdrawnAt'];

export const readingSchemas: Readonly<Record<string, JsonObject>> = {
  Child: object(
    {
      id: uuid,
      name: text,
      birthDate: day,
      age: count,
      daysTo18: count,
      provisional: { type: 'boolean', description: 'Nobody, and no identifier, has confirmed yet who this is.' },
      caseManager: text,
      team: text,
      cover: text,
      coverUntil: instant,
    },
    ['name', 'birthDate', 'age', 'daysTo18', 'caseManager', 'team', 'cover', 'coverUntil'],
  ),
  Children: object(
    {
      list: oneOf(['own', 'team', 'found', 'none']),
      children: listOf(ref('Child')),
      workload: listOf(object({ worker: text, name: text, team: text, holds: count, covers: count }, ['team'])),
      next: text,
    },
    ['workload', 'next'],
  ),
  HeaderLine: object({ text, detail: text, when: text, agency: oneOf(agencies), entry: uuid }, ['detail']),
  Header: object(Object.fromEntries(headerFields.map((name) => [name, listOf(ref('HeaderLine'))]))),
  Entry: object(entry, entrySometimes),
  Withheld: object({ agency: oneOf(agencies), reason: text }),
  Timeline: object(
    {
      child: ref('Child'),
      header: ref('Header'),
      entries: listOf(ref('Entry')),
      withheld: listOf(ref('Withheld')),
      asks: listOf({ type: 'object' }),
      next: text,
    },
    ['asks', 'next'],
  ),
  Chronology: object({
    child: ref('Child'),
    events: listOf(ref('Entry')),
    withdrawn: count,
    made: object({ by: text, agency: oneOf(agencies), purpose: text, at: instant }),
  }),
  Shown: object(
    {
      child: ref('Child'),
      asKnownAt: instant,
      agencies: listOf({ type: 'object' }),
      unattributedLooks: count,
      notices: text,
      entries: listOf(ref('Entry')),
      next: text,
    },
    ['entries', 'next', 'notices'],
  ),
  Recorded: object(
    {
      recorded: listOf(
        object(
          { id: uuid, type: text, subject: text, time: instant, recordedtime: instant, data: { type: 'object' } },
          ['subject'],
        ),
      ),
      next: text,
    },
    ['next'],
  ),
  Audit: object({ looks: listOf({ type: 'object' }), summary: { type: 'object' }, next: text }, ['summary', 'next']),
};
