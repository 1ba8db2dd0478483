import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DataKey } from '../../kernel/keys.js';
import { open, seal, sealAfter, SealBroken } from './seal.js';

const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 });
const keyOf = (bytes: Uint8Array, id = 'k'): DataKey => ({ id, bytes });

describe('seal', () => {
  it('opens to the same bytes, whatever they are', () => {
    fc.assert(
      fc.property(bytes32, fc.uint8Array({ maxLength: 500 }), fc.string(), (bytes, plaintext, aad) => {
        const sealed = seal(keyOf(bytes), plaintext, aad);
        expect(sealed).toHaveLength(29 + plaintext.length);
        expect(open(keyOf(bytes), sealed, aad)).toEqual(Buffer.from(plaintext));
      }),
    );
  });

  it('leaves as many bytes in front as it is asked to', () => {
    const sealed = sealAfter(4, keyOf(new Uint8Array(32)), Buffer.from('text'), 'here');
    expect(open(keyOf(new Uint8Array(32)), sealed.subarray(4), 'here').toString()).toBe('text');
  });

  it('never seals the same bytes alike twice', () => {
    const key = keyOf(new Uint8Array(32));
    expect(seal(key, Buffer.from('text'), '')).not.toEqual(seal(key, Buffer.from('text'), ''));
  });

  it('is broken by any single changed bit, another key or another purpose, and says so without the content', () => {
    const plaintext = Buffer.from('a sentence nobody may read');
    fc.assert(
      fc.property(bytes32, fc.nat({ max: 8 * (29 + plaintext.length) - 1 }), (bytes, bit) => {
        const sealed = seal(keyOf(bytes), plaintext, 'purpose');
        const changed = Buffer.from(sealed);
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(() => open(keyOf(bytes), changed, 'purpose')).toThrow(SealBroken);
        expect(() => open(keyOf(bytes), sealed, 'purposes')).toThrow(SealBroken);
      }),
    );
    const sealed = seal(keyOf(new Uint8Array(32), 'key-1'), plaintext, '');
    expect(() => open(keyOf(new Uint8Array(32).fill(1), 'key-1'), sealed, '')).toThrow(
      /^what key key-1 should open was sealed otherwise/,
    );
  });
});
