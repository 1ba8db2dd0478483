import type { Owned } from '../../../libs/platform/watch/duty-store.js';
import type { Looker } from '../looks/looker.js';

/** Take an item of one's own sheet, hand it over, or clear it. Rejects with `Problem` 404 (not on one's sheet) or 400. */
export class ActOnItem {
  constructor(
    readonly looker: Looker,
    readonly name: string,
    readonly action: 'take' | 'hand-over' | 'done',
    readonly item: string,
    /** Sign-in name of the colleague who is to have it. */
    readonly to?: string,
  ) {}
}

export interface Acted {
  /** Who has the item now: somebody else, where they were quicker. */
  readonly owned?: Owned;
}
