import type { Format } from '../../kernel/adapter.js';
import { part, quarantined, type Item } from '../../kernel/outcome.js';

/** A part of a message that cannot be read. The message says what is wrong in plain words and never quotes the value. */
export class BadPart extends Error {
  constructor(
    readonly code: string,
    message: string,
    /** JSON pointer or `row N`. */
    readonly pointer?: string,
  ) {
    super(message);
    this.name = 'BadPart';
  }
}

/** Reads one part of a message. A part that cannot be read becomes a quarantined outcome of its own, and the others go on. */
export function orQuarantine<T extends object>(read: () => readonly (T | Item)[]): readonly (T | Item)[] {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof BadPart)) throw error;
    return [part('quarantined', error.code, error.message, error.pointer)];
  }
}

/** A format that quarantines a message which, as a whole, cannot be read. */
export function readable(format: Format): Format {
  return (message) => {
    try {
      return format(message);
    } catch (error) {
      if (!(error instanceof BadPart)) throw error;
      return quarantined(error.code, error.message, error.pointer);
    }
  };
}

/** False when the content cannot even be read far enough to ask. */
export function holds(question: () => boolean): boolean {
  try {
    return question();
  } catch (error) {
    if (error instanceof BadPart) return false;
    throw error;
  }
}

/** What was read, apart from the outcomes of what was not. */
export function sortOut<T extends object>(
  parts: readonly (T | Item)[],
): { read: readonly T[]; others: readonly Item[] } {
  const read: T[] = [];
  const others: Item[] = [];
  for (const one of parts) {
    if (isItem(one)) others.push(one);
    else read.push(one);
  }
  return { read, others };
}

function isItem(one: object): one is Item {
  return 'outcome' in one;
}
