/** A place in a list, for the caller to hand back and not to read. */
export function cursorAt(seq: bigint): string {
  return Buffer.from(`r${seq}`).toString('base64url');
}

/** Undefined when the text is no cursor of ours. */
export function seqOf(cursor: string): bigint | undefined {
  const digits = /^r(\d{1,18})$/.exec(Buffer.from(cursor, 'base64url').toString('latin1'))?.[1];
  return digits === undefined ? undefined : BigInt(digits);
}
