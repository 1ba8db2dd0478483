import fc from 'fast-check';
import { dayAfter } from '../../kernel/london.js';

/** Any day of some years, `YYYY-MM-DD`. */
export const anyDay = fc.nat(4000).map((days) => dayAfter('2015-01-01', days));

const signs = ['a', 'Z', 'é', '’', ' ', ',', '"', '&', '<', '7', '/', '-', 'ß', '中'] as const;

/** Text as people write it, without what a table has no place for: line ends, and signs that nobody sees. */
export const anyText = fc
  .array(fc.constantFrom(...signs), { minLength: 1, maxLength: 12 })
  .map((text) => `x${text.join('')}x`);

/** An id of a source's own. */
export const anyId = fc.stringMatching(/^[A-Z0-9]{3,10}$/);
