/** A part of a message, with its name if the hub knows that name, and never with its value. */
export interface MaskedLine {
  /** How deep it lies, 0 outermost. */
  readonly depth: number;
  readonly name: string;
  /** The shape of its value, or how much there is; absent of a part that is only opened. */
  readonly value?: string;
  /** The message could not be recorded because of what is here. */
  readonly here: boolean;
}

/** More is not looked at on one page. */
export const MOST_LINES = 300;
