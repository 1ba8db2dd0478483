/** Free text of a form: trimmed, lines kept, without characters that no page or print can show. */
export function saidText(text: string | undefined): string {
  return (text ?? '')
    .toWellFormed()
    .replaceAll('\r\n', '\n')
    .replaceAll(/[[\p{Cc}\p{Cf}]--[\n\u200c\u200d]]/gv, '')
    .trim();
}

/** What is wrong with it, in words; undefined: nothing. `limit` in characters as people count them. */
export function textFault(text: string, limit: number, empty?: string): string | undefined {
  if (empty !== undefined && text === '') return empty;
  const { length } = [...text];
  return length > limit
    ? `Use ${limit.toLocaleString('en-GB')} characters or fewer: there are ${length.toLocaleString('en-GB')}`
    : undefined;
}
