// What a health system might send, drawn at random in our own words, and the message in which it comes. For properties and fuzzing.
import fc from 'fast-check';
import type { Message } from '../../kernel/fact.js';
import { fhirBundle, type SimulatedPatient, type SimulatedResource } from '../../simulations/fhir-resource.js';
import { healthRecord, type SimulatedHealthRecord } from '../../simulations/health-record.js';
import { patientMessage, type SimulatedPatientMessage } from '../../simulations/patient-message.js';
import {
  signalBundle,
  signalCloudEvent,
  signalVersionOne,
  type SimulatedSignal,
} from '../../simulations/patient-signal.js';
import { testNhsNumber } from '../../simulations/people.js';

export function healthMessage(body: unknown, change: Partial<Message> = {}): Message {
  const bytes = typeof body === 'string' ? Buffer.from(body) : Buffer.from(JSON.stringify(body));
  return {
    system: 'health',
    agency: 'health',
    format: '',
    contentType: 'application/octet-stream',
    attributes: {},
    body: bytes,
    receivedAt: '2026-03-05T09:00:00Z',
    ...change,
  };
}

export const nhsNumbers = fc.constantFrom(...[101, 303, 404, 505].map(testNhsNumber));
/** Words as people write them, with what XML and JSON have to escape. */
export const words = fc
  .string({ unit: fc.constantFrom('a', 'Z', 'é', '&', '<', '"', '’', '-', ' ', '1', '>'), minLength: 1, maxLength: 20 })
  .map((text) => `x${text}`.trim());
const ids = fc.uuid();
const instants = fc
  .integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2026, 1, 28) })
  .map((at) => `${new Date(at).toISOString().slice(0, 19)}Z`);
const days = instants.map((at) => at.slice(0, 10));
const births = fc.constantFrom('2010-05-06', '2008-02-29', '2009-12-31', '2001-01-01');
const codes = fc.stringMatching(/^[A-Z]{2,6}$/);

export const signals: fc.Arbitrary<SimulatedSignal> = fc.record(
  {
    id: ids,
    event: fc.constantFrom('pds-change-of-gp', 'pds-record-change', 'nhs-number-change', 'patientflags-change', 'pds-death-notification'), // prettier-ignore
    nhsNumber: nhsNumbers,
    time: instants,
    flagCode: codes,
  },
  { requiredKeys: ['id', 'event', 'nhsNumber', 'time'] },
);

export const patientMessages: fc.Arbitrary<SimulatedPatientMessage> = fc.record(
  {
    id: ids,
    nhsNumber: nhsNumbers,
    time: instants,
    familyName: words,
    givenName: words,
    birthDate: births,
    formerPractice: fc.record({ name: words, until: instants }),
    practice: fc.record({ name: words, since: instants }),
  },
  { requiredKeys: ['id', 'nhsNumber', 'time'] },
);

export const healthRecords: fc.Arbitrary<SimulatedHealthRecord> = fc.record(
  {
    gpName: words,
    gpPractice: words,
    camhsTeams: fc.array(words, { maxLength: 3 }),
    statuses: fc.array(fc.record({ status: words, plan: words }, { requiredKeys: ['status'] }), { maxLength: 3 }),
    missed: fc.array(fc.record({ date: days, setting: words, reason: words }, { requiredKeys: ['date'] }), { maxLength: 3 }), // prettier-ignore
    attendances: fc.array(fc.record({ date: days, reason: words }, { requiredKeys: ['date'] }), { maxLength: 3 }),
  },
  { requiredKeys: [] },
);

export const patients: fc.Arbitrary<SimulatedPatient> = fc.record(
  { nhsNumber: nhsNumbers, givenName: words, familyName: words, birthDate: births },
  { requiredKeys: ['nhsNumber'] },
);

const named = { id: ids, updated: instants };
const services = fc.constantFrom('camhs', 'liaison-and-diversion', 'chat', 'substance-misuse', 'speech-and-language');
const times = fc.oneof(days, instants);

export const resources: fc.Arbitrary<SimulatedResource> = fc.oneof(
  fc.record({ ...named, kind: fc.constant('referral' as const), service: services, on: times, turnedDown: fc.boolean() }), // prettier-ignore
  fc.record({ ...named, kind: fc.constant('episode' as const), service: services, since: times }),
  fc.record({ ...named, kind: fc.constant('episode' as const), service: services, since: times, until: times, referral: ids }), // prettier-ignore
  fc.record({ ...named, kind: fc.constant('screening' as const), service: fc.constantFrom('chat', 'liaison-and-diversion'), at: times }), // prettier-ignore
  fc.record({ ...named, kind: fc.constant('assessment' as const), referral: ids, at: times }),
  fc.record({ ...named, kind: fc.constant('exit' as const), treatment: ids, at: times, how: fc.constantFrom('planned', 'unplanned', 'transferred') }), // prettier-ignore
  fc.record({
    ...named,
    kind: fc.constant('score' as const),
    scale: fc.constantFrom('sdq', 'sdq-self', 'honosca'),
    total: fc.nat(40),
    at: times,
    parts: fc.array(fc.tuple(words, fc.nat(10)), { maxLength: 3 }),
  }),
  fc.record({ ...named, kind: fc.constant('allergy' as const), to: words, on: times, over: fc.boolean() }),
  fc.record({ ...named, kind: fc.constant('warning' as const), of: fc.constantFrom('self-harm', 'emergency-condition'), words, since: times, over: fc.boolean() }), // prettier-ignore
  fc.record({ ...named, kind: fc.constant('medication' as const), name: words, dose: words, on: times, over: fc.boolean() }), // prettier-ignore
);

/** Of every format in JSON, as it is sent. */
export const bodies: fc.Arbitrary<unknown> = fc.oneof(
  signals.map(signalCloudEvent),
  signals.map(signalBundle),
  signals.map((signal) => signalVersionOne(signal, { familyName: 'Fennimoor', birthDate: '2010-05-06' })),
  healthRecords.map(healthRecord),
  fc
    .tuple(fc.array(resources, { minLength: 1, maxLength: 3 }), patients)
    .map(([list, patient]) => fhirBundle(list, patient)),
);

/** What stands in for a value: of another type, nothing, too long, or a name that every object has. */
const wrong = fc.oneof(
  fc.json({ maxDepth: 2 }).map((text): unknown => JSON.parse(text)),
  fc.constantFrom<unknown>(
    null,
    '',
    'x'.repeat(10_000),
    '__proto__',
    'constructor',
    -1,
    1e308,
    [],
    {},
    'Fennimoor 9990000001',
    '2026-02-30',
  ),
);

/** JSON messages, each with one value replaced somewhere. */
export const damagedMessages: fc.Arbitrary<Message> = fc.tuple(bodies, fc.nat(), wrong).map(([body, at, value]) =>
  healthMessage(replaced(body, at, value), {
    attributes: { subject: 'nhs:9990001015', observedat: '2026-03-01T08:00:00Z' },
  }),
);

/** XML messages, each with a piece replaced somewhere. */
export const damagedXml: fc.Arbitrary<Message> = fc
  .tuple(
    patientMessages,
    fc.nat(),
    fc.nat(12),
    fc.constantFrom('', '<', '>', '"', '&', '&amp;', '<a/>', '\u0000', '<!DOCTYPE x>', 'Fennimoor', '<?x?>'),
  )
  .map(([simulated, at, length, piece]) => {
    const text = patientMessage(simulated);
    const from = at % text.length;
    return healthMessage(text.slice(0, from) + piece + text.slice(from + length), { format: 'nems.message' });
  });

/** The body with the value replaced that stands at the `at`th place, counted round and round. */
function replaced(body: unknown, at: number, value: unknown): unknown {
  const text = JSON.stringify(body);
  let places = 0;
  JSON.parse(text, (_, one: unknown) => (places++, one));
  let place = 0;
  return JSON.parse(text, (_, one: unknown) => (place++ === at % places ? value : one)) as unknown;
}
