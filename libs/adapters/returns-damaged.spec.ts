import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { educationFiles } from '../testing/generators/education.js';
import { socialCareFiles } from '../testing/generators/social-care.js';
import { sentBy } from '../testing/translation/sent-by.js';
import { translate } from './registry.js';

/** Signs that mean something to a table, a document or an object, put anywhere instead of what stood there. */
const damage = fc.array(
  fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(40), fc.constantFrom('', '"', ',', '\n', '<', '>', '&', '{', '}', '[', 'null', '\u0000', 'é', '99999999999999999999')), // prettier-ignore
  { minLength: 1, maxLength: 4 },
);

describe.each([
  ['social-care', socialCareFiles],
  ['education', educationFiles],
] as const)('a file of %s, damaged anywhere', (agency, files) => {
  it('has outcomes with names, by its format’s name and by its shape, and never what it said', () => {
    fc.assert(
      fc.property(files, damage, fc.boolean(), ([format, file], damages, named) => {
        const broken = damages.reduce((text, [where, length, put]) => {
          const at = Math.floor(where * text.length);
          return text.slice(0, at) + put + text.slice(at + length);
        }, file);
        const attributes = { subject: 'child-1', observedat: '2026-03-01T08:00:00Z' };
        const { items } = translate(sentBy(agency, broken, { format: named ? format : '', attributes }));
        expect(items.length).toBeGreaterThan(0);
        for (const item of items) {
          if (item.outcome === 'fact' || item.outcome === 'retract') continue;
          expect(item.reason.code).not.toBe('unreadable');
          expect(item.reason.detail).not.toContain('A000000000000');
        }
      }),
      { numRuns: 500 },
    );
  });

  it('as it was sent is all facts, whoever reads it', () => {
    fc.assert(
      fc.property(files, ([, file]) => {
        const attributes = { subject: 'child-1', observedat: '2026-03-01T08:00:00Z' };
        const { items } = translate(sentBy(agency, file, { attributes }));
        // Nothing in it at all, or a child who is not named, is no event.
        for (const item of items) expect(['fact', 'ignored']).toContain(item.outcome);
      }),
    );
  });
});
