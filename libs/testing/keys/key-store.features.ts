import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { KeyStore } from '../../kernel/keys.js';
import { open, seal, SealBroken } from '../../platform/keys/seal.js';

export interface KeyStoreUnderTest {
  /** Two openings of one store, as two processes would have it. */
  readonly stores: readonly [KeyStore, KeyStore];
  close(): Promise<void>;
}

/** What every `KeyStore` keeps. */
export function describeKeyStore(name: string, start: () => Promise<KeyStoreUnderTest>): void {
  describe(`key store: ${name}`, () => {
    let tested: KeyStoreUnderTest;
    let here: KeyStore;
    let there: KeyStore;
    beforeAll(async () => {
      tested = await start();
      [here, there] = tested.stores;
    });
    afterAll(async () => tested.close());

    it('never hands out a key twice, however many ask at once', async () => {
      const askers = [here, there].flatMap((store) => [1, 600, 3, 70, 1, 1].map(async (count) => store.take(count)));
      const keys = (await Promise.all(askers)).flat();
      expect(keys).toHaveLength(2 * 676);
      expect(new Set(keys.map(({ id }) => id)).size).toBe(keys.length);
      expect(new Set(keys.map(({ bytes }) => Buffer.from(bytes).toString('hex'))).size).toBe(keys.length);
      expect(keys.every(({ bytes }) => bytes.byteLength === 32)).toBe(true);
    });

    it('finds a taken key from another process, and opens with it', async () => {
      const [key] = await here.take(1);
      const sealed = seal(key!, Buffer.from('text'), 'purpose');
      const found = (await there.find([key!.id])).get(key!.id);
      expect(open(found!, sealed, 'purpose').toString()).toBe('text');
    });

    it('leaves a key it does not hold out of what it finds', async () => {
      const [key] = await here.take(1);
      const found = await here.find([randomUUID(), key!.id, key!.id]);
      expect([...found.keys()]).toEqual([key!.id]);
      expect((await here.find([])).size).toBe(0);
    });

    it('destroys a key for every process, also for one that had just used it, and spares its neighbours', async () => {
      const [gone, stays] = await here.take(2);
      await there.find([gone!.id, stays!.id]);
      await here.destroy([gone!.id]);
      expect([...(await here.find([gone!.id, stays!.id])).keys()]).toEqual([stays!.id]);
      expect([...(await there.find([gone!.id, stays!.id])).keys()]).toEqual([stays!.id]);
    });

    it('destroys many at once, and twice the same', async () => {
      const ids = (await here.take(450)).map(({ id }) => id);
      await there.find(ids);
      await here.destroy(ids);
      await here.destroy(ids);
      expect((await there.find(ids)).size).toBe(0);
    });

    it('hashes alike in every process, and apart for another domain or another split of the same text', () => {
      const hash = here.hash('fact', 'ab', 'c');
      expect(hash).toHaveLength(32);
      expect(there.hash('fact', 'ab', Buffer.from('c'))).toEqual(hash);
      expect(here.hash('fact', 'a', 'bc')).not.toEqual(hash);
      expect(here.hash('fact', 'abc')).not.toEqual(hash);
      expect(here.hash('receipt', 'ab', 'c')).not.toEqual(hash);
    });

    it('moves an anchor only from where it lies: of two at once, one', async () => {
      const name = randomUUID();
      const [first, second] = [1n, 2n].map((position) => ({ position, hash: Buffer.alloc(32, Number(position)) }));
      expect(await here.anchor(name)).toBeUndefined();
      expect(await here.moveAnchor(name, undefined, first!)).toBe(true);
      expect(await there.anchor(name)).toEqual(first);
      expect(await there.moveAnchor(name, undefined, second!)).toBe(false);
      const both = await Promise.all([here, there].map(async (store) => store.moveAnchor(name, first, second!)));
      expect(both.sort()).toEqual([false, true]);
      expect(await here.anchor(name)).toEqual(second);
    });
  });

  it('seals so that only the same key, purpose and bytes open it', async () => {
    const tested = await start();
    const [key, other] = await tested.stores[0].take(2);
    await tested.close();
    const sealed = seal(key!, Buffer.from('text'), 'purpose');
    const changed = Buffer.from(sealed);
    changed[changed.length - 1] = changed[changed.length - 1]! ^ 1;
    for (const attempt of [
      () => open(other!, sealed, 'purpose'),
      () => open(key!, sealed, 'another purpose'),
      () => open(key!, changed, 'purpose'),
      () => open(key!, sealed.subarray(0, 20), 'purpose'),
    ]) {
      expect(attempt).toThrow(SealBroken);
    }
  });
}
