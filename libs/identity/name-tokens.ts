// Search over names that the database cannot read: it holds a keyed hash of every prefix of every name part, and a
// query asks for the hashes of its words. A word finds the names that begin with it.

const shortest = 2;
/** Longer words are cut here on both sides, so a long name is still found by its whole spelling. */
const longest = 16;
/** Names beyond so many parts, and queries beyond so many words, are cut: a bound on rows and on work, not on people. */
const mostWords = 12;

/** The prefixes to index for a record's names; give each to `KeyStore.hash`, never store it as it is. */
export function nameTokens(givenNames: string | undefined, familyName: string | undefined): Set<string> {
  const names = [plain(familyName ?? ''), plain(givenNames ?? '')];
  const words = new Set(names.flatMap((name) => [...wordsOf(name), ...joinedWordsOf(name)]));
  return new Set([...words].flatMap((word) => beginnings([...word]).slice(shortest - 1)));
}

/** The words of a query, as they stand in the index. Every one must be found; none at all means there is no query. */
export function queryTokens(query: string): string[] {
  return wordsOf(plain(query));
}

function wordsOf(plainText: string): string[] {
  return usable(plainText.split(separators));
}

// O'Brien is indexed as "brien" and as "obrien", Smith-Jones also as "smithjones": people type all of them.
function joinedWordsOf(plainText: string): string[] {
  const compound = plainText.split(/\s+/);
  return usable(compound.map((part) => part.split(separators).join('')));
}

const separators = /[^\p{L}\p{N}]+/u;

function usable(words: readonly string[]): string[] {
  const long = words.map((word) => [...word]).filter((signs) => signs.length >= shortest);
  return [...new Set(long.map((signs) => signs.slice(0, longest).join('')))].slice(0, mostWords);
}

/** What a word begins with, from its first sign to the whole of it. */
export function beginnings(signs: readonly string[]): string[] {
  let soFar = '';
  return signs.map((sign) => (soFar += sign));
}

// Letters that Unicode does not take apart, as they are typed on a British keyboard.
const unaccented: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  þ: 'th',
  ı: 'i',
};

/** Lower case, without accents: what is left of a name when it is compared. */
export function plain(text: string): string {
  if (/^[ -~]*$/.test(text)) return text.toLowerCase();
  const stripped = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  // Lower-casing can bring marks back (İ), and typed apostrophes come in many shapes: the split takes those.
  return stripped.replace(/\p{M}/gu, '').replace(/[ßæœøđðłþı]/g, (letter) => unaccented[letter] ?? letter);
}
