import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { Abreast } from './abreast.js';

const signal = new AbortController().signal;

describe('batches beside each other', () => {
  const told: string[] = [];
  function batch(
    abreast: Abreast,
    name: string,
    full: boolean,
    until: Promise<undefined>,
    stop = signal,
  ): Promise<void> {
    return abreast.take(stop, async (begun) => {
      told.push(`${name} begins`);
      begun(full);
      await until;
      told.push(`${name} ends`);
    });
  }
  const turns = async (): Promise<void> => {
    for (let turn = 0; turn < 10; turn++) await setImmediate();
  };

  it('wait while one that found little is in hand: what comes in gathers', async () => {
    told.length = 0;
    const [abreast, first] = [new Abreast(), Promise.withResolvers<undefined>()];
    const one = batch(abreast, 'one', false, first.promise);
    const two = batch(abreast, 'two', false, Promise.resolve(undefined));
    await turns();
    expect(told).toEqual(['one begins']);
    first.resolve(undefined);
    await Promise.all([one, two]);
    expect(told).toEqual(['one begins', 'one ends', 'two begins', 'two ends']);
  });

  it('begin at once when one found as much as it can take', async () => {
    told.length = 0;
    const [abreast, first] = [new Abreast(), Promise.withResolvers<undefined>()];
    const one = batch(abreast, 'one', true, first.promise);
    await batch(abreast, 'two', false, Promise.resolve(undefined));
    expect(told).toEqual(['one begins', 'two begins', 'two ends']);
    first.resolve(undefined);
    await one;
  });

  it('do not wait for ever for one that is slow, nor for one that failed', async () => {
    told.length = 0;
    const [abreast, never] = [new Abreast(), Promise.withResolvers<undefined>()];
    const slow = batch(abreast, 'slow', false, never.promise);
    await batch(abreast, 'beside', false, Promise.resolve(undefined));
    expect(told).toEqual(['slow begins', 'beside begins', 'beside ends']);
    never.reject(new Error('no'));
    await expect(slow).rejects.toThrow('no');
    await batch(abreast, 'after', false, Promise.resolve(undefined));
    expect(told.at(-1)).toBe('after ends');
  });
});
