import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { catalogue, decode } from '../../contracts/catalogue.js';
import type { Message } from '../../kernel/fact.js';
import { notification, queued } from '../../simulations/domain-event.js';
import { domainEvent, everySupervisionEvent, type SimulatedEvent } from '../../simulations/supervision-event.js';
import { domainEvents } from '../../testing/generators/domain-events.js';
import { factsIn } from '../../testing/translation/facts-in.js';
import { withValue } from '../../testing/translation/with-value.js';
import { translate } from '../registry.js';

const at = '2026-02-05T11:00:00Z';
const person = { crn: 'X970101', nomsNumber: 'A7101KF' };
const every = everySupervisionEvent(person, at);

function told(body: unknown) {
  const message: Message = {
    system: 'probation',
    agency: 'probation',
    format: '',
    contentType: 'application/json',
    attributes: {},
    body: Buffer.from(JSON.stringify(body)),
    receivedAt: '2026-03-01T00:00:00Z',
  };
  return translate(message);
}
const facts = (body: unknown) => factsIn(told(body));
const data = (body: unknown) => facts(body).map(({ type, data: bytes }) => decode(type, bytes));
const outcome = (body: unknown) =>
  told(body).items.map((item) =>
    'reason' in item && typeof item.reason === 'object' ? item.reason.code : item.outcome,
  );
const of = (eventType: string): SimulatedEvent => {
  const found = every.find((event) => event.eventType === eventType);
  if (!found) throw new Error(`no simulation of ${eventType}`);
  return found;
};

describe('what prisons and probation publish besides movements', () => {
  it.each(every.map((event) => [event.eventType, event] as const))(
    '%s is a fact of the contract, of a record that only its number names',
    (_, event) => {
      const found = facts(event);
      expect(found.length).toBeGreaterThan(0);
      for (const fact of found) {
        expect(catalogue.has(fact.type)).toBe(true);
        expect(fact.onlyIfKnown).toMatchObject({ code: 'not-shown-to-be-a-child' });
        expect(fact.record.person.identifiers[0]).toMatchObject({ value: fact.record.key });
        expect(fact.record.person.birthDate).toBeUndefined();
      }
      expect(facts(queued(event))).toEqual(found);
      expect(facts(notification(event))).toEqual(found);
    },
  );

  it('round-trips: what is generated is what is read, and nothing else', () => {
    fc.assert(
      fc.property(domainEvents, ({ event, facts: wanted, takesBack }) => {
        const translation = told(event);
        const read = factsIn(translation).map(({ type, record, key }) => ({
          type,
          record: record.key,
          key: key.slice(2),
        }));
        expect(read).toEqual(wanted);
        expect(translation.covers.map(({ scope }) => scope)).toEqual(takesBack);
      }),
      { numRuns: 500 },
    );
  });

  it('that is taken back takes back what it said, and nothing later', () => {
    const [alerted] = facts(of('person.alert.created'));
    const deleted = {
      ...of('person.alert.created'),
      eventType: 'person.alert.deleted',
      occurredAt: '2026-02-06T11:00:00Z',
    };
    expect(outcome(deleted)).toEqual(['taken-back']);
    expect(told(deleted).covers).toEqual([{ scope: alerted?.scope, statedAt: '2026-02-06T11:00:00Z' }]);
  });
});

describe('an alert', () => {
  it('of self-harm is a thing that keeps a child alive, another is not', () => {
    const categories = ['HA', 'HA1', 'ha', 'XA'].map((alertCode) => {
      const [fact] = facts(withValue(of('person.alert.created'), '/additionalInformation/alertCode', alertCode));
      return catalogue.get(fact?.type ?? '')?.category;
    });
    expect(categories).toEqual(['health-vital', 'health-vital', 'health-vital', 'custody']);
  });

  it('that no longer holds is the same alert, stated again', () => {
    const [begun] = facts(of('person.alert.created'));
    const inactive = { ...of('person.alert.created'), eventType: 'person.alert.inactive' };
    expect(facts(inactive)[0]?.key).toEqual(begun?.key);
    expect(data(inactive)).toMatchObject([{ ended: true }]);
    // Which of its parts was changed it does not say, nor whether it still holds.
    expect(outcome({ ...inactive, eventType: 'person.alert.updated' })).toEqual(['not-taken-up']);
  });
});

describe('a merge', () => {
  it('is said on the record of each number, and neither record claims the other’s', () => {
    const claims = facts(of('prison-offender-events.prisoner.merged')).map(({ record }) => record);
    expect(claims).toEqual([
      { key: 'A7101KF', person: { identifiers: [{ kind: 'noms', value: 'A7101KF' }] } },
      { key: 'A8101KF', person: { identifiers: [{ kind: 'noms', value: 'A8101KF' }] } },
    ]);
    expect(facts(of('probation-case.merge.completed')).map(({ record }) => record.person.identifiers)).toEqual([
      [{ kind: 'crn', value: 'X970101' }],
      [{ kind: 'crn', value: 'X070101' }],
    ]);
  });

  it('that probation undoes withdraws both statements', () => {
    const scopes = facts(of('probation-case.merge.completed')).map(({ scope }) => scope);
    const more = { unmergedCRN: 'X970101', reactivatedCRN: 'X070101' };
    const undone = domainEvent('probation-case.unmerge.completed', '2026-02-06T11:00:00Z', [], more);
    expect(told(undone).covers.map(({ scope }) => scope)).toEqual([scopes[0]]);
    expect(scopes[1]).toEqual(scopes[0]);
  });

  it.each([
    ['of a number into itself', withValue(of('prison-offender-events.prisoner.merged'), '/additionalInformation/removedNomsNumber', 'A7101KF'), 'contradiction'], // prettier-ignore
    ['without the other number', withValue(of('prison-offender-events.prisoner.merged'), '/additionalInformation/removedNomsNumber', null), 'missing-value'], // prettier-ignore
    ['into somebody the event is not about', withValue(of('probation-case.merge.completed'), '/additionalInformation/targetCRN', 'X970199'), 'contradiction'], // prettier-ignore
    ['of a number of another shape', withValue(of('probation-case.merge.completed'), '/additionalInformation/sourceCRN', 'somebody'), 'invalid-identifier'], // prettier-ignore
  ])('%s goes to a person', (_, body, code) => {
    expect(outcome(body)).toEqual([code]);
    expect(JSON.stringify(told(body).items)).not.toMatch(/A7101KF|somebody/);
  });
});

describe('numbers', () => {
  it('of both kinds are claims of one record, where probation says that they are one person’s', () => {
    expect(facts(of('probation-case.prison-identifier.added'))[0]?.record).toEqual({
      key: 'X970101',
      person: {
        identifiers: [
          { kind: 'crn', value: 'X970101' },
          { kind: 'noms', value: 'A7101KF' },
        ],
      },
    });
  });

  it('may be of one kind only: a licence names whom it can', () => {
    const licence = of('create-and-vary-a-licence.licence.activated');
    const nobody = withValue(licence, '/personReference/identifiers/0/value', null);
    expect(facts(nobody)[0]?.record.person.identifiers).toEqual([{ kind: 'noms', value: 'A7101KF' }]);
    expect(outcome(withValue(licence, '/personReference/identifiers', []))).toEqual(['missing-value']);
  });
});

describe('what cannot be read goes to a person', () => {
  const decided = of('prison-recall.recommendation.management-oversight');
  it.each([
    ['an outcome of tomorrow', withValue(decided, '/additionalInformation/contactOutcome', 'PERHAPS'), 'unknown-code'],
    ['an outcome named like something every object has', withValue(decided, '/additionalInformation/contactOutcome', 'constructor'), 'unknown-code'], // prettier-ignore
    ['no id', withValue(of('recall.inserted'), '/additionalInformation/recallId', ''), 'missing-value'],
    ['an id that is an object', withValue(of('recall.inserted'), '/additionalInformation/recallId', {}), 'wrong-type'],
    ['a time without a zone', { ...of('recall.inserted'), occurredAt: '2026-02-05T11:00:00' }, 'wrong-type'],
  ])('%s', (_, body, code) => {
    expect(outcome(body)).toEqual([code]);
  });

  it.each(['enforcement.breach.raised', 'prison-recall.recommendation.deleted', 'constructor', '__proto__'])(
    'another type, %s, is none of the hub’s',
    (eventType) => {
      expect(outcome(domainEvent(eventType, at, [{ type: 'CRN', value: person.crn }], {}))).toEqual(['not-taken-up']);
    },
  );
});
