import { readFileSync } from 'node:fs';
import type { Clock } from '../kernel/clock.js';

/**
 * A clock that stands where a file says, RFC 3339, looked at each time: several processes of one hub see it move together. A
 * file that holds no time stops whoever asks: better than a time that nobody chose.
 */
export function testClock(path: string): Clock {
  return {
    now: () => {
      const at = Date.parse(readFileSync(path, 'utf8').trim());
      if (Number.isNaN(at)) throw new RangeError('HUB_TEST_CLOCK names a file that holds no RFC 3339 time');
      return at;
    },
  };
}
