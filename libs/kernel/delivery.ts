import type { Message } from './fact.js';
import type { Item, Translation } from './outcome.js';

/**
 * How a message came, apart from what it says: attributes that its door adds. They are kept with it and are no part of the
 * content that is compared, so that the same message sent the other way is still the same message.
 */
export interface Delivery {
  /** Old facts that a publisher brings late: recorded and shown, and nobody is paged. */
  readonly history?: true;
  /** The message is a piece of a file: its header, and the rows from this one on, as a spreadsheet numbers them (the header is 1). */
  readonly firstRow?: number;
}

export function deliveryAttributes({ history, firstRow }: Delivery): Readonly<Record<string, string>> {
  return {
    ...(history === true ? { history: 'true' } : {}),
    ...(firstRow === undefined ? {} : { firstrow: String(firstRow) }),
  };
}

export function isHistory({ attributes }: Pick<Message, 'attributes'>): boolean {
  return attributes.history === 'true';
}

/**
 * What a piece of a file says, placed in the whole file: rows are numbered as there. A piece does not know what the other
 * pieces say, so it takes nothing back that it does not mention.
 */
export function placedInFile({ attributes }: Pick<Message, 'attributes'>, said: Translation): Translation {
  const firstRow = /^[1-9]\d{0,14}$/.test(attributes.firstrow ?? '') ? Number(attributes.firstrow) : 0;
  if (firstRow < 2) return said;
  return { items: said.items.map((item) => moved(item, firstRow - 2)), covers: [] };
}

function moved(item: Item, rows: number): Item {
  if (item.outcome === 'fact') {
    const pointer = movedPointer(item.fact.pointer, rows);
    return pointer === undefined ? item : { ...item, fact: { ...item.fact, pointer } };
  }
  if (item.outcome === 'retract') return item;
  const pointer = movedPointer(item.pointer, rows);
  return pointer === undefined ? item : { ...item, pointer };
}

// The header, row 1, is the same in every piece.
function movedPointer(pointer: string | undefined, rows: number): string | undefined {
  const row = Number(/^row (\d+)$/.exec(pointer ?? '')?.[1] ?? 1);
  return row < 2 ? undefined : `row ${row + rows}`;
}
