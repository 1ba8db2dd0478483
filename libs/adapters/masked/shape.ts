const LONGEST = 60;

/**
 * The shape of a text without what it says: letters become x (X for capitals), digits 9, spaces and ASCII punctuation stay,
 * anything else is a question mark. A long text is cut off, and its length is said.
 */
export function shapeOf(text: string): string {
  const start = [...text.slice(0, 2 * LONGEST)].slice(0, LONGEST).map(signOf).join('');
  return text.length > LONGEST ? `${start}… (${text.length} characters)` : start;
}

function signOf(sign: string): string {
  if (/\p{Lu}/u.test(sign)) return 'X';
  if (/[\p{L}\p{M}]/u.test(sign)) return 'x';
  if (/\p{N}/u.test(sign)) return '9';
  if (/\s/u.test(sign)) return ' ';
  return /[!-~]/.test(sign) ? sign : '?';
}
