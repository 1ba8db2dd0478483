import { describe, expect, it } from '@jest/globals';
import { createLogger } from '../../libs/platform/telemetry/logger.js';
import { beginsAgain } from './begins-again.js';

const logger = createLogger('silent');
const away = new Error('the database is away');

describe('a part of the worker', () => {
  it('that cannot begin begins again until it can, and its end is the end', async () => {
    let begun = 0;
    const part = async (): Promise<void> => {
      begun += 1;
      if (begun < 3) throw away;
    };
    await beginsAgain(logger, new AbortController().signal, part, 1);
    expect(begun).toBe(3);
  });

  it('is not begun again once the worker ends', async () => {
    const stop = new AbortController();
    let begun = 0;
    const part = async (): Promise<void> => {
      begun += 1;
      throw away;
    };
    await beginsAgain({ error: () => stop.abort() }, stop.signal, part, 60_000);
    expect(begun).toBe(1);
  });

  it('says what fails while it ends', async () => {
    const stop = new AbortController();
    const part = async (): Promise<void> => {
      stop.abort();
      throw away;
    };
    await expect(beginsAgain(logger, stop.signal, part)).rejects.toBe(away);
  });
});
