import type { Agency } from '../../../libs/kernel/agency.js';
import type { Looker } from '../looks/looker.js';

/** Who says something through the pages. */
export interface Sayer {
  readonly looker: Looker;
  /** As colleagues know them. */
  readonly name: string;
  /** UUID, made with the form: the same form sent twice says it once. */
  readonly once: string;
}

export type OfEntry =
  | { readonly act: 'mark'; readonly significant: boolean; readonly note: string }
  | { readonly act: 'dispute'; readonly what: string };

/** `before`: this form had been sent already, and what it said then stays. */
export type SayOutcome = 'said' | 'before';

/** Say something of an entry. Rejects with `Problem` 403, 404 or 503. */
export class SayOfEntry {
  constructor(
    readonly sayer: Sayer,
    readonly child: string,
    readonly entry: string,
    readonly said: OfEntry,
  ) {}
}

/** Ask an agency why it withholds something. Rejects with `Problem` 403, 404 or 503. */
export class AskWhy {
  constructor(
    readonly sayer: Sayer,
    readonly child: string,
    readonly agency: Agency,
    readonly need: string,
  ) {}
}
