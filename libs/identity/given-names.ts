import { beginnings, plain } from './name-tokens.js';

/**
 * A given name in the forms by which two spellings are compared, to be hashed. `called` is what a person is called by
 * first; `forms` is all they may be called by elsewhere: shortened, by another of their names, or spelt otherwise.
 */
export interface GivenNames {
  readonly called: readonly string[];
  readonly forms: readonly string[];
}

/** Names beyond this many are cut, and prefixes beyond this length: a bound on rows, not on people. */
const most = { names: 4, prefix: 8 };

/** Undefined where nothing is said. */
export function givenNamesOf(given: string | undefined): GivenNames | undefined {
  const [first, ...others] = plain(given ?? '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .slice(0, most.names);
  if (first === undefined) return undefined;
  const called = spellings(first);
  // Rob for Robert, and R for either: only the first name is shortened in what systems keep.
  const short = beginnings([...first].slice(0, most.prefix));
  return { called, forms: [...new Set([...called, ...short, ...others.flatMap(spellings)])] };
}

/** May these be one person's: either is called by what may be a form of the other. Hashed or not, but both alike. */
export function mayBeOne(one: GivenNames, other: GivenNames): boolean {
  return one.called.some((name) => other.forms.includes(name)) || other.called.some((name) => one.forms.includes(name));
}

// Mohammed and Muhammad, Catherine and Katherine are one name; too short a skeleton would make one of Toby and Tib.
function spellings(word: string): string[] {
  const sounded = word.replace(/ph/g, 'f').replace(/[cq]/g, 'k').replace(/z/g, 's').replace(/(.)\1+/gu, '$1'); // prettier-ignore
  const skeleton = sounded.slice(0, 1) + sounded.slice(1).replace(/[aeiouyh]/g, '');
  return skeleton.length < 3 ? [word] : [word, `~${skeleton}`];
}
