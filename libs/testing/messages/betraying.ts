import fc from 'fast-check';
import type { Agency } from '../../kernel/agency.js';
import type { Message } from '../../kernel/fact.js';
import { testNhsNumber } from '../../simulations/people.js';

/** A message that cannot be recorded, with somebody in it wherever a message can say something. */
export interface Betraying {
  readonly message: Message;
  /** Every text in it that would betray somebody. */
  readonly betrays: readonly string[];
  /** Places in it, some of them called by such a text. */
  readonly pointers: readonly string[];
}

// None of these is a word of a contract, and none is its own shape.
const familyNames = ['Fennimoor', 'Tolladay', 'Brackwell', 'Ó Dálaigh', 'Nguyễn-Hart', 'Kit'];
const sentences = [
  'ran from the Brackwell house at midnight',
  'told her nan that he hit her',
  'sleeps behind Quarry Lane',
];

const number = fc.integer({ min: 1, max: 900 }).map((serial) => {
  // A serial whose check digit was never issued is moved to one that was.
  for (let at = serial; ; at += 1) {
    try {
      return testNhsNumber(at);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  }
});

/** A name, a number, a day of birth or a sentence about somebody. */
export const betraying = fc.oneof(
  fc.constantFrom(...familyNames),
  fc.constantFrom(...sentences),
  number,
  fc.constantFrom('2009-03-12', '12/03/2009'),
  fc.stringMatching(/^zq[b-w]{4,10}$/),
);

const knownNames = [
  'person',
  'familyName',
  'nhsNumber',
  'hearing',
  'defendants',
  'data',
  'subject',
  'CHILD',
  'Message',
  'id',
];
const named = fc.oneof({ weight: 2, arbitrary: fc.constantFrom(...knownNames) }, betraying);

const json = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    betraying,
    number.map(Number),
    fc.constantFrom(null, true),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(named, tie('value'), { maxKeys: 4 }),
  ),
})).value;

const table = fc
  .tuple(
    fc.array(named, { minLength: 1, maxLength: 5 }),
    fc.array(fc.array(betraying, { maxLength: 6 }), { maxLength: 4 }),
  )
  .map(([header, rows]) => [header, ...rows].map((row) => row.join(',')).join('\r\n'));

// Spaces and what XML forbids in a name are left away: the name betrays them still.
const xmlName = (text: string): string => `N${text.replaceAll(/[^\p{L}\p{N}]/gu, '')}`;
const xml = fc.letrec<{ element: string }>((tie) => ({
  element: fc
    .tuple(
      named,
      betraying,
      betraying,
      fc.oneof({ maxDepth: 3 }, fc.constant<string[]>([]), fc.array(tie('element'), { maxLength: 2 })),
    )
    .map(([name, attribute, text, children]) => {
      const tag = knownNames.includes(name) ? name : xmlName(name);
      return `<${tag} ${xmlName(attribute)}="${attribute}">${text}${children.join('\n')}</${tag}>`;
    }),
})).element;

const bodies = fc.oneof(
  json.map((value) => ({ body: JSON.stringify(value), contentType: 'application/json' })),
  fc
    .tuple(json, betraying)
    .map(([value, text]) => ({ body: `${JSON.stringify(value)}${text}`, contentType: 'application/json' })),
  fc.tuple(json, betraying, betraying).map(([data, id, subject]) => ({
    body: JSON.stringify({
      specversion: '1.0',
      id,
      source: 'police',
      type: 'hub.police.v1.ChildArrested',
      subject,
      data,
    }),
    contentType: 'application/cloudevents+json',
  })),
  json.map((value) => ({ body: JSON.stringify({ Message: JSON.stringify(value) }), contentType: 'application/json' })),
  table.map((body) => ({ body, contentType: 'text/csv' })),
  table.map((body) => ({ body: `"${body}`, contentType: 'text/csv' })),
  xml.map((body) => ({ body, contentType: 'application/xml' })),
  fc.tuple(xml, betraying).map(([body, text]) => ({ body: `${body}<${text}`, contentType: 'application/xml' })),
  betraying.map((body) => ({ body, contentType: 'text/plain' })),
);

const formats = fc.oneof(
  fc.constantFrom('', 'hub.police.v1.ChildArrested', 'crime-justice.details.v1', 'ssda903.missing', 'cin.census'),
  betraying,
);

const place = fc.oneof(
  fc
    .array(fc.oneof(named, fc.nat(3).map(String)), { maxLength: 4 })
    .map((steps) => steps.map((step) => `/${step}`).join('')),
  fc.integer({ min: 1, max: 5 }).map((row) => `row ${row}`),
  fc
    .tuple(fc.integer({ min: 1, max: 3 }), fc.array(named, { maxLength: 3 }))
    .map(([line, steps]) => `line ${line}: /${steps.join('/')}`),
);

/** Of any agency. Everything that it says of somebody is in `betrays`. */
export const quarantinable: fc.Arbitrary<Betraying> = fc
  .record({
    agency: fc.constantFrom<Agency>('police', 'court', 'health', 'social-care', 'yos'),
    format: formats,
    content: bodies,
    pointers: fc.array(place, { maxLength: 3 }),
    subject: betraying,
  })
  .map(({ agency, format, content, pointers, subject }) => ({
    message: {
      system: agency,
      agency,
      format,
      contentType: content.contentType,
      attributes: { subject },
      body: Buffer.from(content.body),
      receivedAt: '2026-02-01T22:11:00Z',
    },
    betrays: textsIn([content.body, subject, format, ...pointers].join('\n')),
    pointers,
  }));

/** Whatever stands there that could be somebody's: long numbers, dates, and words that begin like no contract's. */
function textsIn(text: string): string[] {
  const numbers = text.match(/\d{4}-\d\d-\d\d|\d\d\/\d\d\/\d{4}|\d{6,}/g) ?? [];
  const said = [...familyNames, ...sentences].filter((one) => text.includes(one));
  const words = text.match(/zq[b-w]{4,10}/g) ?? [];
  return [...new Set([...numbers, ...said, ...words])];
}
