import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { agencies } from '../kernel/agency.js';
import type { Message } from '../kernel/fact.js';
import { catalogue } from '../contracts/catalogue.js';
import { adapterFor, snapshotReading, translate } from './registry.js';

function message(change: Partial<Message>): Message {
  return {
    system: change.agency ?? 'police',
    agency: 'police',
    format: '',
    contentType: 'application/json',
    attributes: {},
    body: Buffer.from('{}'),
    receivedAt: '2026-02-01T22:11:00Z',
    ...change,
  };
}

describe('an adapter', () => {
  it.each(agencies.map((agency) => [agency]))('of %s is its own, and knows how its publisher withdraws', (agency) => {
    const adapter = adapterFor(agency);
    expect(adapter.agency).toBe(agency);
    expect(Object.keys(adapter.formats)).toContain(`hub.${agency.replace('-', '_')}.v1.Withdrawn`);
  });
});

describe('a snapshot', () => {
  it.each([...catalogue.values()].map(({ type, snapshot }) => [type, snapshot] as const))(
    'is what the contract says is one: %s %s',
    (type, snapshot) => {
      expect(snapshotReading(type) !== undefined).toBe(snapshot);
    },
  );
});

describe('translate', () => {
  it('reads a type whose agency is written as it is named elsewhere', () => {
    const format = 'hub.social-care.v1.Withdrawn';
    const body = Buffer.from('{"messageId":"m-1","reason":"wrong child"}');
    expect(translate(message({ agency: 'social-care', format, body })).items).toEqual([
      { outcome: 'retract', target: { messageId: 'm-1' }, reason: 'wrong child' },
    ]);
  });

  it.each([
    ['that nobody recognises', ''],
    ['that is unknown', 'LIBRA_COURT_CASE'],
    ['named like something every object has', 'toString'],
    ['named like a prototype', '__proto__'],
  ])('quarantines a format %s', (_, format) => {
    expect(translate(message({ agency: 'court', format })).items).toMatchObject([
      { outcome: 'quarantined', reason: { code: 'unknown-format' } },
    ]);
  });

  it('quarantines what makes an adapter throw, and repeats nothing of what it threw', () => {
    const attributes = new Proxy<Record<string, string>>(
      {},
      {
        get: () => {
          throw new Error('Kit Fennimoor');
        },
      },
    );
    const broken = message({ agency: 'social-care', format: 'ssda903.missing', attributes });
    const translation = translate(broken);
    expect(translation.items).toMatchObject([{ outcome: 'quarantined', reason: { code: 'unreadable' } }]);
    expect(JSON.stringify(translation)).not.toContain('Kit');
  });
});

describe('whatever comes', () => {
  const formats = fc.constantFrom(
    ...agencies.flatMap((agency) => [
      ['', agency] as const,
      ...Object.keys(adapterFor(agency).formats).map((format) => [format, agency] as const),
    ]),
  );
  const contentType = fc.constantFrom(
    'application/json',
    'application/cloudevents+json',
    'application/protobuf',
    'text/csv',
  );
  const body = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.json({ maxDepth: 4 }).map((text) => Buffer.from(text)),
    fc.json().map((text) => Buffer.from(`{"data":${text}}`)),
    fc
      .json()
      .map((text) => Buffer.from(`{"hearing":{"id":"1","prosecutionCases":[${text},{"defendants":[${text}]}]}}`)),
    fc.string().map((text) => Buffer.from(`CHILD,DOB,MISSING,MIS_START,MIS_END\n${text}`)),
  );
  const attributes = fc.record({ subject: fc.string(), time: fc.constantFrom('2026-02-01T22:10:00Z', 'x') });

  it('has an outcome with a name, and is never unreadable', () => {
    fc.assert(
      fc.property(formats, contentType, body, attributes, ([format, agency], type, bytes, told) => {
        const { items } = translate(message({ agency, format, contentType: type, body: bytes, attributes: told }));
        expect(items.length).toBeGreaterThan(0);
        for (const item of items)
          expect('reason' in item && typeof item.reason === 'object' ? item.reason.code : '').not.toBe('unreadable');
      }),
      { numRuns: 2000 },
    );
  });
});
