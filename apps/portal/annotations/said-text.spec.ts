import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { saidText, textFault } from './said-text.js';

describe('what somebody writes in a form', () => {
  it('keeps its lines and letters, and loses what no page can show', () => {
    expect(saidText('  Łukasz\r\nand Zoë\u0000\u202e, 15 \ud800 ')).toBe('Łukasz\nand Zoë, 15 \ufffd');
    expect(saidText(undefined)).toBe('');
  });

  it('is the same however often it is cleaned, and can always be kept', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const once = saidText(text);
        expect(saidText(once)).toBe(once);
        expect(once.isWellFormed()).toBe(true);
      }),
    );
  });

  it('is counted as people count, and may have to be there', () => {
    expect(textFault('👩'.repeat(500), 500)).toBeUndefined();
    expect(textFault('x'.repeat(1_001), 1_000)).toBe('Use 1,000 characters or fewer: there are 1,001');
    expect(textFault('', 10, 'Say what is wrong')).toBe('Say what is wrong');
    expect(textFault('', 10)).toBeUndefined();
  });
});
