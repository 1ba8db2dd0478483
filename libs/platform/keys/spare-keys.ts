import type { DataKey } from '../../kernel/keys.js';

const BATCH = 512;
const LOW = BATCH / 2;

/**
 * Keys committed ahead of need, so that a door that seals a message does not wait for a second commit. A key that a
 * killed process had not handed out stays in the store and opens nothing.
 */
export class SpareKeys {
  #spares: DataKey[] = [];
  #refilling: Promise<void> | undefined;

  /** `make` returns that many new keys once they are durable. */
  constructor(private readonly make: (count: number) => Promise<DataKey[]>) {}

  async take(count: number): Promise<DataKey[]> {
    while (this.#spares.length < count) await this.#refill(Math.max(BATCH, count - this.#spares.length));
    const taken = this.#spares.splice(0, count);
    // Ahead of need: should it fail, the take that needs it tries again and hears why.
    if (this.#spares.length < LOW) this.#refill(BATCH).catch((_error: unknown) => undefined);
    return taken;
  }

  /** What was never handed out; waits for a batch under way. */
  async drain(): Promise<DataKey[]> {
    await this.#refilling?.catch((_error: unknown) => undefined);
    return this.#spares.splice(0);
  }

  #refill(count: number): Promise<void> {
    this.#refilling ??= this.make(count)
      .then((made) => void this.#spares.push(...made))
      .finally(() => (this.#refilling = undefined));
    return this.#refilling;
  }
}
