import { mayBreakGlass } from '../../../libs/disclosure/decide.js';
import { instantInWords } from '../../../libs/kernel/london.js';
import type { LiveGrant } from '../../../libs/platform/break-glass/grants.js';
import type { Looker } from '../looks/looker.js';

/** What a timeline says of an emergency: that it is one and until when, or that it can be asked for. `now`: milliseconds. */
export function emergencyWords(looker: Looker, live: LiveGrant | undefined, withheld: number, now: number) {
  if (live) {
    const minutes = Math.max(1, Math.ceil((Date.parse(live.endsAt) - now) / 60_000));
    return {
      emergency: { until: instantInWords(live.endsAt), left: minutes === 1 ? '1 minute' : `${minutes} minutes` },
    };
  }
  return { mayBreakGlass: withheld > 0 && mayBreakGlass(looker.viewer) };
}
