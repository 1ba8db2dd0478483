import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decode } from '../../contracts/catalogue.js';
import type { Fact } from '../../kernel/fact.js';
import { codesOf, damaged } from '../../testing/generators/damaged.js';
import { hearings } from '../../testing/generators/hearings.js';
import { factsOf, message } from '../../testing/translation/hearing.js';
import { translate } from '../registry.js';

const format = '';

function spelt({ type, record, key, data, onlyIfKnown }: Fact) {
  const content = decode(type, data);
  const title = content?.['resultTitle'] ?? content?.['title'];
  return { type, record: record.key, key: key.slice(2), title, adult: onlyIfKnown?.code === 'adult' };
}

describe('any shared hearing', () => {
  it('is the facts that the court meant, and nothing else, in whichever envelope', () => {
    fc.assert(
      fc.property(hearings, ({ bodies, meant }) => {
        for (const body of bodies) {
          const { items } = translate(message(body, { format }));
          expect(codesOf(items).filter((code) => code !== 'no-results')).toEqual([]);
          expect(factsOf(body, { format }).map(spelt)).toEqual(meant);
        }
      }),
    );
  });

  it('is the same facts whatever the order and doubling of a batch, and covers only its own day', () => {
    const batches = fc
      .array(hearings, { minLength: 1, maxLength: 4 })
      .chain((batch) => fc.tuple(fc.constant(batch), fc.shuffledSubarray([...batch, ...batch], { minLength: 1 })));
    const of = (batch: readonly { readonly bodies: readonly object[] }[]) =>
      new Set(batch.flatMap(({ bodies }) => factsOf(bodies[0], { format }).map((fact) => JSON.stringify(spelt(fact)))));
    fc.assert(
      fc.property(batches, ([batch, again]) => {
        expect(of(again)).toEqual(of(batch.filter((one) => again.includes(one))));
        for (const { hearing, bodies } of batch)
          expect(translate(message(bodies[1], { format })).covers).toEqual([
            { scope: ['hearing-day', hearing.id, hearing.day], statedAt: hearing.sharedTime },
          ]);
      }),
    );
  });

  it('damaged anywhere has outcomes with names, and is never unreadable', () => {
    const bodies = hearings.chain(({ bodies: all }) => fc.constantFrom(...all));
    fc.assert(
      fc.property(damaged(bodies), fc.constantFrom('', 'COMMON_PLATFORM_HEARING'), (body, name) => {
        const { items } = translate(message(body, { format: name }));
        expect(items.length).toBeGreaterThan(0);
        expect(codesOf(items)).not.toContain('unreadable');
      }),
      { numRuns: 500 },
    );
  });
});
