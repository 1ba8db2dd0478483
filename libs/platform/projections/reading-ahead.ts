/** The same items in the same order, the next one being fetched while the reader works on this one. */
export async function* readingAhead<T>(source: AsyncIterable<T>): AsyncGenerator<T, void> {
  const iterator = source[Symbol.asyncIterator]();
  let next = fetched(iterator);
  for (;;) {
    const step = await next;
    if ('error' in step) throw step.error;
    if (step.result.done === true) return;
    next = fetched(iterator);
    yield step.result.value;
  }
}

// A failure is kept until the reader comes for it: nobody listens to the promise while the reader works.
async function fetched<T>(iterator: AsyncIterator<T>): Promise<{ result: IteratorResult<T> } | { error: unknown }> {
  try {
    return { result: await iterator.next() };
  } catch (error) {
    return { error };
  }
}
