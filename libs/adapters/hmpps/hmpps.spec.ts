import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decode } from '../../contracts/catalogue.js';
import type { Agency } from '../../kernel/agency.js';
import type { Message } from '../../kernel/fact.js';
import {
  allocationEvent,
  immediateEvent,
  notification,
  queued,
  settledEvent,
  type SimulatedMovement,
} from '../../simulations/domain-event.js';
import { crns, instants, movements } from '../../testing/generators/domain-events.js';
import { factsIn } from '../../testing/translation/facts-in.js';
import { withValue } from '../../testing/translation/with-value.js';
import { translate } from '../registry.js';

const received: SimulatedMovement = {
  direction: 'received',
  nomsNumber: 'A7101KF',
  occurredAt: '2026-02-03T18:20:00+00:00',
  prisonId: 'FHI',
};
const released: SimulatedMovement = { ...received, direction: 'released', occurredAt: '2026-02-20T09:10:00Z' };

function message(body: unknown, more: Partial<Message> = {}): Message {
  const system: Agency = more.agency ?? 'secure-estate';
  return {
    system,
    agency: system,
    format: '',
    contentType: 'application/json',
    attributes: {},
    body: Buffer.from(JSON.stringify(body)),
    receivedAt: '2026-03-01T00:00:00Z',
    ...more,
  };
}
const told = (body: unknown, more: Partial<Message> = {}) => translate(message(body, more));
const facts = (body: unknown, more: Partial<Message> = {}) => factsIn(told(body, more));
const said = (body: unknown) => facts(body).map(({ type, data }) => [type, decode(type, data)]);
const outcome = (body: unknown) =>
  told(body).items.map((item) => [
    item.outcome,
    item.outcome === 'fact' || item.outcome === 'retract' ? '' : item.reason.code,
    'pointer' in item ? item.pointer : undefined,
  ]);

describe('a movement', () => {
  it('is a fact on the record of the prisoner number, held until the hub knows it', () => {
    expect(facts(settledEvent(received))).toMatchObject([
      {
        record: { key: 'A7101KF', person: { identifiers: [{ kind: 'noms', value: 'A7101KF' }] } },
        key: ['hub.secure_estate.v1.ReceivedIntoCustody', 'A7101KF', 'received', '2026-02-03'],
        occurred: { at: '2026-02-03T18:20:00Z', precision: 'instant' },
        onlyIfKnown: { code: 'not-shown-to-be-a-child' },
      },
    ]);
  });

  it('says what the prison service said', () => {
    const person = { nomsNumber: 'A7101KF' };
    expect(said(settledEvent(received))).toEqual([
      ['hub.secure_estate.v1.ReceivedIntoCustody', { establishment: 'FHI', reasonCode: 'N', person }],
    ]);
    expect(said(settledEvent({ ...received, reasonCode: 'Y' }))).toMatchObject([[expect.anything(), { recall: true }]]);
    expect(said(settledEvent(released))).toEqual([
      ['hub.secure_estate.v1.ReleasedFromCustody', { establishment: 'FHI', reasonCode: 'CR', person }],
    ]);
    expect(said(settledEvent({ ...released, reason: 'RELEASED_TO_HOSPITAL' }))).toMatchObject([
      [expect.anything(), { toHospital: true }],
    ]);
    expect(said(settledEvent({ ...received, reason: 'TRANSFERRED' }))).toEqual([
      ['hub.secure_estate.v1.MovedBetweenEstablishments', { establishment: 'FHI', reasonCode: 'N', person }],
    ]);
  });

  it('round-trips: each of its twins is what happened, in whichever envelope, and nothing else', () => {
    fc.assert(
      fc.property(movements, ({ movement, type, recall, toHospital }) => {
        const person = { nomsNumber: movement.nomsNumber };
        const common = { establishment: movement.prisonId, person, ...(toHospital ? { toHospital } : {}) };
        for (const envelope of [(event: ReturnType<typeof settledEvent>) => event, notification, queued])
          expect(said(envelope(settledEvent(movement)))).toEqual([
            [type, { ...common, reasonCode: movement.reasonCode, ...(recall ? { recall } : {}) }],
          ]);
        const [early] = said(immediateEvent(movement));
        expect(early).toEqual([type, { ...common, ...(movement.reason === 'RECALL' ? { recall: true } : {}) }]);
      }),
    );
  });

  it('is no recall because the prison service guesses one', () => {
    const guessed = withValue(settledEvent(received), '/additionalInformation/probableCause', 'RECALL');
    expect(said(guessed)).toEqual(said(settledEvent(received)));
  });

  it.each([
    ['received', 'RETURN_FROM_COURT'],
    ['received', 'TEMPORARY_ABSENCE_RETURN'],
    ['released', 'SENT_TO_COURT'],
    ['released', 'TEMPORARY_ABSENCE_RELEASE'],
    ['released', 'TRANSFERRED'],
  ] as const)('%s, %s: custody goes on, and nothing is recorded', (direction, reason) => {
    expect(outcome(settledEvent({ ...received, direction, reason }))).toEqual([
      ['ignored', 'custody-continues', undefined],
    ]);
    expect(outcome(immediateEvent({ ...received, direction, reason }))).toEqual([
      ['ignored', 'custody-continues', undefined],
    ]);
  });
});

describe('the twins of one movement', () => {
  it.each([
    ['the same time', '2026-02-03T18:20:00Z'],
    ['the time it was noticed', '2026-02-03T18:24:31.123456789Z'],
    ['after midnight', '2026-02-04T00:10:00Z'],
  ])('are one fact: %s', (_, noticedAt) => {
    const [one] = facts(immediateEvent({ ...received, occurredAt: noticedAt }));
    const [other] = facts(settledEvent(received));
    expect(one?.key).toEqual(other?.key);
    expect(one?.scope).toEqual(other?.scope);
  });

  it('and the settled word is the later, even without a time of publishing', () => {
    const bare = withValue(settledEvent(received), '/publishedAt', undefined);
    const [one] = facts(immediateEvent({ ...received, occurredAt: '2026-02-03T19:00:00Z' }));
    for (const settled of [settledEvent(received), bare])
      expect(Date.parse(facts(settled)[0]?.statedAt ?? '')).toBeGreaterThan(Date.parse(one?.statedAt ?? ''));
  });

  it('a day apart are two facts, and so are a reception and a release', () => {
    const keys = [received, released, { ...received, occurredAt: released.occurredAt }].map(
      (one) => facts(settledEvent(one))[0]?.key,
    );
    expect(new Set(keys.map((key) => key?.join())).size).toBe(3);
  });
});

describe('a movement that was undone', () => {
  const mistake = { ...released, occurredAt: '2026-02-20T10:00:00Z' };
  const back = { ...received, occurredAt: '2026-02-20T10:20:00Z', reason: 'READMISSION' };

  it.each([
    [mistake, back],
    [back, mistake],
  ])('within 45 minutes takes its opposite along', (one, other) => {
    const [fact] = facts(immediateEvent(one));
    const [cover, ...more] = told(immediateEvent(other)).covers;
    expect(more).toEqual([]);
    expect(cover?.scope).toEqual(fact?.scope);
    expect((cover?.statedAt ?? '') > (fact?.statedAt ?? '')).toBe(true);
  });

  it('leaves alone what the prison service has settled, and says nothing against other days', () => {
    const [settled] = facts(settledEvent(mistake));
    const [cover] = told(immediateEvent(back)).covers;
    expect(Date.parse(cover?.statedAt ?? '')).toBeLessThan(Date.parse(settled?.statedAt ?? ''));
    expect(told(settledEvent(mistake)).covers).toEqual([]);
    expect(told(immediateEvent(received)).covers[0]?.scope).not.toEqual(settled?.scope);
  });

  it('is taken back when the prison service tells it of somebody who is elsewhere', () => {
    const elsewhere = settledEvent({ ...received, currentLocation: 'OUTSIDE_PRISON' });
    expect(outcome(elsewhere)).toEqual([['ignored', 'undone', undefined]]);
    const [fact] = facts(settledEvent(received));
    expect(told(elsewhere).covers).toEqual([{ scope: fact?.scope, statedAt: fact?.statedAt }]);
  });
});

describe('an allocation', () => {
  const event = allocationEvent({ crn: 'X970101', allocationId: 'ABC-1', occurredAt: '2026-02-05T11:00:00Z' });
  it('is a fact on the record of the case number', () => {
    expect(facts(event, { agency: 'probation' })).toMatchObject([
      {
        record: { key: 'X970101', person: { identifiers: [{ kind: 'crn', value: 'X970101' }] } },
        key: ['hub.probation.v1.PractitionerAllocated', 'X970101', 'abc-1'],
        statedAt: '2026-02-05T11:00:00Z',
        onlyIfKnown: { code: 'not-shown-to-be-a-child' },
      },
    ]);
  });
});

describe('envelopes', () => {
  it.each([
    ['notified by a topic', notification(settledEvent(received))],
    ['from a queue that took it from a topic', queued(settledEvent(received))],
  ])('%s, it says the same', (_, body) => {
    expect(facts(body)).toEqual(facts(settledEvent(received)));
  });

  it.each(['', 'prison-offender-events.prisoner.received', 'hmpps.domain-event'])('named %j, it is read', (format) => {
    expect(facts(notification(settledEvent(received)), { format })).toHaveLength(1);
  });

  it('as data of a CloudEvent, it says the same', () => {
    const data = settledEvent(received);
    const envelope = { specversion: '1.0', id: '1', source: 'secure-estate', type: data.eventType, data };
    expect(facts(envelope, { format: data.eventType, contentType: 'application/cloudevents+json' })).toEqual(
      facts(data),
    );
  });

  it('names a broken part by its place', () => {
    expect(outcome({ Type: 'Notification', Message: '{' })).toEqual([['quarantined', 'unknown-format', undefined]]);
    const named = { format: 'hmpps.domain-event' };
    expect(told({ Type: 'Notification', Message: '{' }, named).items).toMatchObject([
      { outcome: 'quarantined', reason: { code: 'invalid-json' }, pointer: '/Message' },
    ]);
    const timeless = withValue(settledEvent(received), '/occurredAt', 'yesterday');
    expect(outcome(timeless)).toEqual([['quarantined', 'wrong-type', '/occurredAt']]);
  });

  it('is read through either system', () => {
    expect(facts(settledEvent(received), { agency: 'probation' })).toEqual(facts(settledEvent(received)));
  });
});

describe('what cannot be taken up', () => {
  const base = settledEvent(received);
  it.each([
    ['another type of event', withValue(base, '/eventType', 'prison.case-note.published'), 'ignored', 'not-taken-up'],
    ['no number', withValue(withValue(base, '/personReference', undefined), '/additionalInformation/nomsNumber', undefined), 'quarantined', 'missing-value'], // prettier-ignore
    ['two numbers', withValue(base, '/additionalInformation/nomsNumber', 'A7102KF'), 'quarantined', 'contradiction'],
    ['a number that is none', withValue(withValue(base, '/additionalInformation/nomsNumber', undefined), '/personReference/identifiers/0/value', '1'), 'quarantined', 'invalid-identifier'], // prettier-ignore
    ['a reason of tomorrow', settledEvent({ ...received, reason: 'TELEPORTED' }), 'quarantined', 'unknown-code'],
    ['no reason known', settledEvent({ ...released, reason: 'UNKNOWN' }), 'ignored', 'unknown-movement'],
    ['no establishment', withValue(base, '/additionalInformation/prisonId', undefined), 'quarantined', 'missing-value'],
  ])('%s', (_, body, how, code) => {
    expect(outcome(body)).toMatchObject([[how, code, how === 'quarantined' ? expect.anything() : undefined]]);
  });

  it.each([
    ['prison.case-note.published', 'ignored', 'not-taken-up'],
    ['prison.case-note.amended', 'quarantined', 'unknown-format'],
    ['hub.probation.v1.Nothing', 'quarantined', 'other-agency'],
  ])('another type of event, named %s', (format, how, code) => {
    const body = withValue(base, '/eventType', 'prison.case-note.published');
    expect(told(body, { format }).items).toMatchObject([{ outcome: how, reason: { code } }]);
  });

  it('no outcome quotes the message', () => {
    const wrong = withValue(base, '/personReference/identifiers/0/value', 'SECRET');
    expect(JSON.stringify(told(wrong).items)).not.toMatch(/SECRET|A7101KF/);
  });

  it('older events name the person beside the reference only', () => {
    expect(facts(withValue(base, '/personReference', undefined))).toEqual(facts(base));
  });
});

describe('an allocation to a probation practitioner', () => {
  it('round-trips: it is of the case that was given, and known by its own id', () => {
    fc.assert(
      fc.property(crns, fc.uuid(), instants, (crn, allocationId, occurredAt) => {
        expect(facts(allocationEvent({ crn, allocationId, occurredAt }), { agency: 'probation' })).toMatchObject([
          {
            type: 'hub.probation.v1.PractitionerAllocated',
            record: { key: crn, person: { identifiers: [{ kind: 'crn', value: crn }] } },
            occurred: { at: occurredAt, precision: 'instant' },
          },
        ]);
      }),
    );
  });
});
