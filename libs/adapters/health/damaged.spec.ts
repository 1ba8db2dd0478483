import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { catalogue } from '../../contracts/catalogue.js';
import { fromWire } from '../../contracts/wire.js';
import type { Message } from '../../kernel/fact.js';
import { fhirBundle } from '../../simulations/fhir-resource.js';
import { testNhsNumber } from '../../simulations/people.js';
import { damagedMessages, damagedXml, healthMessage } from '../../testing/generated/health.js';
import { factsIn } from '../../testing/translation/facts-in.js';
import { withValue } from '../../testing/translation/with-value.js';
import { translate } from '../registry.js';

describe('a message damaged anywhere', () => {
  const judged = (message: Message) => {
    const translation = translate(message);
    expect(translation.items.length).toBeGreaterThan(0);
    for (const item of translation.items) {
      const why = 'reason' in item ? JSON.stringify([item.reason, 'pointer' in item ? item.pointer : '']) : '';
      expect(why).not.toMatch(/unreadable|Fennimoor|999\d{7}|x{50}/);
    }
    for (const { type, data } of factsIn(translation)) {
      const contract = catalogue.get(type);
      expect(() => contract && fromWire(contract, data)).not.toThrow();
    }
  };

  it('in JSON has an outcome with a name, quotes nothing, and gives no fact that breaks the contract', () => {
    fc.assert(fc.property(damagedMessages, judged), { numRuns: 3000 });
  });

  it('in XML too', () => {
    fc.assert(fc.property(damagedXml, judged), { numRuns: 1500 });
  });
});

it('a reference that is longer than the contract has goes to a person, and the message withdraws nothing', () => {
  const kit = { nhsNumber: testNhsNumber(303), birthDate: '2010-05-06' };
  const body = fhirBundle([{ kind: 'allergy', id: 'A-1', updated: '2026-02-10T08:00:00Z', to: 'Nuts', on: '2020-03-01' }], kit); // prettier-ignore
  const long = withValue(body, '/entry/1/resource/identifier/0/value', '9'.repeat(500));
  expect(translate(healthMessage(long))).toMatchObject({
    items: [{ outcome: 'quarantined', reason: { code: 'invalid-data' }, pointer: '/entry/1/resource' }],
    covers: [],
  });
});
