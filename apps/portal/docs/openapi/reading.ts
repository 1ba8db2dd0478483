import type { JsonObject } from '@bufbuild/protobuf';
import { categories, purposes } from '../../../../libs/disclosure/terms.js';
import { agencies } from '../../../../libs/kernel/agency.js';
import { inQuery, json, listOf, oneOf, operation, ref, text, uuid, type Call, type Refusal } from './describe.js';

const stated = Object.keys(purposes).filter((purpose) => purpose !== 'emergency');
export const purpose: JsonObject = {
  name: 'Hub-Purpose',
  in: 'header',
  required: false,
  schema: oneOf(stated),
  description: 'Why the caller looks. A machine must say; a person’s follows from role and page.',
};
const child: JsonObject = { name: 'id', in: 'path', required: true, schema: uuid };
const cursor = inQuery('cursor', text, 'Of the next page, as the page before gave it.');
const when: JsonObject = {
  anyOf: [
    { type: 'string', format: 'date' },
    { type: 'string', format: 'date-time' },
  ],
};
const asKnownAt = inQuery(
  'asKnownAt',
  when,
  'As the hub knew it then: an RFC 3339 instant, or a date (YYYY-MM-DD) meaning the end of that day in Europe/London.',
);
const period = [
  inQuery('agency', listOf(oneOf(agencies)), 'Only what these published.'),
  inQuery('category', listOf(oneOf(Object.keys(categories))), 'Only these data categories.'),
  inQuery('from', when, 'Occurred at or after: a date or an RFC 3339 instant.'),
  inQuery('to', when, 'Occurred at or before: a date or an RFC 3339 instant.'),
];

type Look = Pick<Call, 'id' | 'summary' | 'description' | 'answers'> & {
  readonly parameters: readonly JsonObject[];
  readonly refused?: readonly Refusal[];
};

const look = ({ parameters, refused = [400, 401, 403, 404, 503], ...call }: Look): JsonObject =>
  operation({ ...call, tag: 'Reading', scopes: ['read'], parameters: [purpose, ...parameters], refused });

/** What systems and people read. Each look is written down before its answer leaves. */
export const readingPaths: JsonObject = {
  '/v1/children': {
    get: look({
      id: 'listChildren',
      summary: 'Children the caller may know of; the caseload by default',
      parameters: [
        inQuery('q', text, 'A name, part of one, or an identifier.'),
        cursor,
        inQuery('as', oneOf(['holder', 'cover']), 'Of one’s own caseload: held, or covered now.'),
        inQuery('worker', { type: 'string', maxLength: 200 }, 'Of the service’s: this worker’s.'),
        inQuery('team', { type: 'string', maxLength: 200 }, 'Of the service’s: this team’s.'),
      ],
      answers: { 200: json('A page.', ref('Children')) },
      refused: [400, 401, 403, 503],
    }),
  },
  '/v1/children/{id}/timeline': {
    get: look({
      id: 'readTimeline',
      summary: 'A child’s timeline, newest first, 100 a page',
      description: 'Not known and not allowed are the same 404. What is withheld is one line an agency.',
      parameters: [child, ...period, asKnownAt, cursor],
      answers: { 200: json('A page.', ref('Timeline')) },
    }),
  },
  '/v1/children/{id}/changes': {
    get: look({
      id: 'followChanges',
      summary: 'Server-sent events that say only that something the caller sees has changed',
      parameters: [
        child,
        { name: 'Last-Event-ID', in: 'header', required: false, schema: text, description: 'Where it was broken off.' },
      ],
      answers: {
        200: { description: 'A stream without an end.', content: { 'text/event-stream': { schema: text } } },
      },
    }),
  },
  '/v1/children/{id}/chronology': {
    get: look({
      id: 'readChronology',
      summary: 'The significant events of a child, oldest first',
      parameters: [child, ...period, asKnownAt],
      answers: { 200: json('The chronology.', ref('Chronology')) },
    }),
  },
  '/v1/children/{id}/shown': {
    get: look({
      id: 'readShown',
      summary: 'What each agency had been shown of a child by a day: for learning reviews',
      parameters: [
        child,
        asKnownAt,
        inQuery('agency', oneOf(agencies), 'One agency, entry by entry.'),
        inQuery('entries', oneOf(['all', 'known', 'not-shown']), 'Of that agency.'),
        cursor,
      ],
      answers: { 200: json('What was shown.', ref('Shown')) },
    }),
  },
  '/v1/recorded': {
    get: operation({
      id: 'readRecorded',
      summary: 'What the caller’s own people recorded in the hub, and its system has not stated itself',
      description:
        'As the system would publish it. Once it states the same under the same key, it is listed no more. Begin without a cursor.',
      tag: 'Reading',
      scopes: ['read'],
      parameters: [cursor],
      answers: { 200: json('A page.', ref('Recorded')) },
      refused: [400, 401, 403, 503],
    }),
  },
  '/v1/audit': {
    get: look({
      id: 'readAudit',
      summary: 'Who looked at whom, and why: for information governance',
      parameters: [
        inQuery('child', uuid, 'Looks at this child.'),
        inQuery('who', { type: 'string', maxLength: 200 }, 'A sign-in name, or a system’s.'),
        inQuery('day', { type: 'string', format: 'date' }, 'In Europe/London.'),
        inQuery('purpose', oneOf([...Object.keys(purposes), 'operation']), 'Looks for this purpose.'),
        inQuery('outcome', oneOf(['shown', 'not-found', 'done']), 'How they ended.'),
        cursor,
      ],
      answers: { 200: json('A page.', ref('Audit')) },
      refused: [400, 401, 403, 503],
    }),
  },
};
