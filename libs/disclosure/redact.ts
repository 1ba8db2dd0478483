import { isAgency, type Agency } from '../kernel/agency.js';
import { decide } from './decide.js';
import { byAgency, type Disclosable, type Viewer } from './terms.js';

/** All that is said of what a viewer may know to exist but not see: no number, no date, no category. */
export interface Withheld {
  readonly agency: Agency;
  readonly reason: string;
}

export interface Disclosed<Entry> {
  /** In the order given. */
  readonly shown: readonly Entry[];
  /** One line for an agency, however much there is; agencies in their fixed order. */
  readonly withheld: readonly Withheld[];
}

/**
 * Divides entries into what is shown and what is said to be withheld. What is hidden leaves no trace: the answer is the
 * same as if it were not there. Give it everything the viewer asked about *before* filtering by category or date and
 * before cutting pages: a withheld line that came and went with a filter would tell what the line does not.
 */
export function disclose<Entry extends Disclosable>(
  viewer: Viewer,
  purpose: string,
  entries: readonly Entry[],
): Disclosed<Entry> {
  const shown: Entry[] = [];
  const agencies = new Map<Agency, Withheld>();
  for (const entry of entries) {
    const level = decide(viewer, purpose, entry);
    if (level === 'full') shown.push(entry);
    if (level === 'flag' && isAgency(entry.agency)) {
      agencies.set(entry.agency, { agency: entry.agency, reason: reasonFor(purpose) });
    }
  }
  return { shown, withheld: [...agencies.values()].sort(byAgency) };
}

// One reason for all: which rule withheld it would say what it is.
function reasonFor(purpose: string): string {
  return `Not shared for this purpose (${purpose.replaceAll('-', ' ')}). Ask the agency.`;
}
