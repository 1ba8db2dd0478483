import { describe, expect, it } from '@jest/globals';
import { one } from './parameters.js';

describe('a parameter of an address', () => {
  it('that holds a zero byte is refused before the database is asked', () => {
    expect(() => one({ team: '\0' }, 'team')).toThrow(expect.objectContaining({ status: 400 }));
    expect(() => one({ team: 'a\0b' }, 'team')).toThrow(expect.objectContaining({ status: 400 }));
  });
});
