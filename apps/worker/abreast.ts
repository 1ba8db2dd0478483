import { once } from 'node:events';

/** A batch in hand for longer holds nobody up: something in it is slow, and an urgent message must not wait for it. */
const PATIENCE_MS = 50;

/**
 * Lets messages gather while a batch is in hand, and starts another beside it only when more wait than one batch takes, or
 * when it is slow. Four small batches at once cost four times the round trips of one that is four times as large.
 */
export class Abreast {
  /** When each batch in hand began, the newest last. */
  readonly #began: number[] = [];
  #more = false;
  #changed = new AbortController();

  /** `work` says, as soon as it knows, whether it found as much as it can take: then others begin at once. */
  async take(signal: AbortSignal, work: (begun: (full: boolean) => void) => Promise<void>): Promise<void> {
    // Nothing may be awaited between the last look and the entry: of two that look, one begins.
    for (let left = this.#patience(); left > 0 && !signal.aborted; left = this.#patience()) {
      await once(AbortSignal.any([signal, this.#changed.signal, AbortSignal.timeout(Math.ceil(left))]), 'abort');
    }
    const began = performance.now();
    this.#began.push(began);
    try {
      await work((full) => {
        this.#more = full;
        if (full) this.#wake();
      });
    } finally {
      this.#began.splice(this.#began.indexOf(began), 1);
      this.#wake();
    }
  }

  /** Milliseconds that the next batch waits for those in hand; none when it may begin. */
  #patience(): number {
    const newest = this.#began.at(-1);
    return newest === undefined || this.#more ? 0 : newest + PATIENCE_MS - performance.now();
  }

  #wake(): void {
    this.#changed.abort();
    this.#changed = new AbortController();
  }
}
