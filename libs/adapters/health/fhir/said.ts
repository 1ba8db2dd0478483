import type { Occurred } from '../../../kernel/fact.js';

/** A fact that a resource gives, before it is known whose it is. Its key is the business key after type and record. */
export interface Said {
  readonly type: string;
  readonly key: readonly string[];
  readonly occurred: Occurred;
  readonly data: Uint8Array;
}

/** What a resource says: facts, or why none. */
export type Saying = readonly Said[] | { readonly code: string; readonly detail: string };

export const notTakenUp: Saying = {
  code: 'not-taken-up',
  detail: 'a resource of a kind that the hub does not take up',
};
export const notFinal: Saying = { code: 'not-final', detail: 'the resource is a draft, or only planned: nothing has happened yet' }; // prettier-ignore
