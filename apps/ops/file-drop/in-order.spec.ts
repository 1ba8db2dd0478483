import { execFile } from 'node:child_process';
import { setImmediate } from 'node:timers/promises';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { inOrder } from './in-order.js';

describe('work in order', () => {
  async function* slow(count: number): AsyncGenerator<number> {
    for (let one = 0; one < count; one += 1) {
      for (let turn = 0; turn < 5; turn += 1) await setImmediate();
      yield one;
    }
  }
  const all = async <T>(answers: AsyncIterable<T>): Promise<T[]> => {
    const got: T[] = [];
    for await (const one of answers) got.push(one);
    return got;
  };

  it('is answered in order, however long each takes', async () => {
    const late = async (one: number): Promise<number> => {
      for (let turn = 0; turn < (7 - one) * 3; turn += 1) await setImmediate();
      return one;
    };
    expect(await all(inOrder(slow(7), 3, late))).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it('that fails while the source is asked for more is heard of by who takes it out, and ends no process', async () => {
    // A process of its own: what nobody hears of would end it.
    const program = `
      import { setTimeout } from 'node:timers/promises';
      import { inOrder } from './apps/ops/file-drop/in-order.ts';
      async function* slow() { for (let one = 0; one < 4; one += 1) { await setTimeout(5); yield one; } }
      try {
        for await (const one of inOrder(slow(), 4, async (one) => { throw new Error('no ' + one); })) console.log(one);
      } catch (error) { console.log(error.message); }`;
    const words = ['--import', './libs/testing/from-source.mjs', '--input-type=module', '--eval', program];
    const ran = promisify(execFile)(process.execPath, words, { env: { ...process.env, NODE_OPTIONS: '' } });
    expect((await ran).stdout).toBe('no 0\n');
  });
});
