import type { Agency } from '../kernel/agency.js';
import { decide, rowsFor } from './decide.js';
import { policy as shipped, type PolicyRow } from './policy.js';
import { categories, handlings, type Category, type Viewer } from './terms.js';

/** All that somebody sees in full, whatever the child: enough to build a query from, as `Reach` is. */
export interface Sight {
  /** Everything these agencies published. */
  readonly publishedBy: readonly Agency[];
  /** Of all other agencies. Handling as written: each mark once, in any order. */
  readonly ofOthers: readonly { readonly category: Category; readonly handling: string }[];
}

/**
 * What a viewer sees in full, for a purpose: what `decide` says of every kind of entry there can be. Handling that is not
 * written with single spaces and every mark once is left out, which shows less, never more.
 */
export function sightOf(viewer: Viewer, purpose: string, policy: readonly PolicyRow[] = shipped): Sight {
  const publishedBy = [...new Set(rowsFor(viewer, purpose, policy).map(({ agency }) => agency))];
  const inFull = (category: string, handling: string): boolean =>
    decide(viewer, purpose, { agency: '', category, handling }, policy) === 'full';
  const ofOthers = (Object.keys(categories) as Category[]).flatMap((category) =>
    // Handling only takes away: what one mark hides, no other shows.
    orders(Object.keys(handlings).filter((mark) => inFull(category, mark)))
      .map((marks) => ({ category, handling: marks.join(' ') }))
      .filter(({ handling }) => inFull(category, handling)),
  );
  return { publishedBy, ofOthers };
}

/** Every selection of these, in every order: the empty one first. */
function orders(marks: readonly string[]): string[][] {
  return [
    [],
    ...marks.flatMap((mark) => orders(marks.filter((other) => other !== mark)).map((rest) => [mark, ...rest])),
  ];
}
