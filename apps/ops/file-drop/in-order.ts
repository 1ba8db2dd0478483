/** Works on up to `width` at once and answers in order. The source is asked for no more than that ahead. */
export async function* inOrder<T, R>(
  source: AsyncIterable<T>,
  width: number,
  work: (one: T) => Promise<R>,
): AsyncGenerator<R> {
  const inHand: Promise<R>[] = [];
  try {
    for await (const one of source) {
      const begun = work(one);
      // One may fail while the source is asked for the next: whoever takes it out hears of it, and it ends nobody's process before.
      void Promise.allSettled([begun]);
      inHand.push(begun);
      const [first] = inHand;
      if (inHand.length < width || first === undefined) continue;
      // Taken out only when it is known: what fails here must not leave the others without anybody who waits for them.
      const answer = await first;
      void inHand.shift();
      yield answer;
    }
    for (let first = inHand[0]; first !== undefined; first = inHand[0]) {
      const answer = await first;
      void inHand.shift();
      yield answer;
    }
  } finally {
    await Promise.allSettled(inHand);
  }
}
