import type { Colleague } from '../../../libs/platform/watch/duty-store.js';
import type { Looker } from '../looks/looker.js';
import type { OnDutyNow } from '../rota/rota-store.js';
import type { Section } from './sheet.js';

/** The duty sheet as this looker may see it. Rejects with `LookNotRecorded`. */
export class ReadToday {
  constructor(
    readonly looker: Looker,
    readonly name: string,
    /** An item that is listed in any case, if it is for them. */
    readonly asked?: string,
  ) {}
}

export interface TodaySheet {
  /** Today in London, `YYYY-MM-DD`. */
  readonly day: string;
  readonly sections: readonly Section[];
  /** Whom an item can be handed over to. */
  readonly colleagues: readonly Colleague[];
  /** Set outside office hours: who acts then. */
  readonly outOfHours?: string;
  /** Who is on duty by the service's rota; absent for whom it is not, and where none is kept. */
  readonly duty?: Pick<OnDutyNow, 'words' | 'gap'>;
}
