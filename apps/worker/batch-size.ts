/** The least that is claimed at once, however slow it goes. */
const LEAST = 50;

/**
 * How many messages a worker claims at once. A batch that takes longer than its lease is claimed by another, and on a machine that is slow
 * enough everybody would do the same over and over: so what took a quarter of the lease is halved, and grows again when it goes quicker.
 */
export class BatchSize {
  readonly #most: number;
  readonly #longMs: number;
  #size: number;

  constructor({ batch, leaseSeconds }: { readonly batch: number; readonly leaseSeconds: number }) {
    this.#most = batch;
    this.#longMs = leaseSeconds * 250;
    this.#size = batch;
  }

  get now(): number {
    return this.#size;
  }

  /** A batch of `count` messages took so long, from its claim until it was closed. A part of a batch says nothing good of a whole one. */
  took(ms: number, count: number): void {
    if (ms > this.#longMs)
      this.#size = Math.max(Math.min(LEAST, this.#most), Math.ceil(Math.min(this.#size, count) / 2));
    else if (count >= this.#size && ms * 2 < this.#longMs) this.#size = Math.min(this.#most, this.#size * 2);
  }
}
