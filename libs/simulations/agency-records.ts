/** A record of the hub's own plain format: its kind, whose it is, when it happened, and what its kind has to say. */
export interface SimulatedRecord {
  readonly kind: string;
  /** The source's own id of the child. */
  readonly child: string;
  /** RFC 3339, or `YYYY-MM-DD`. */
  readonly at: string;
  readonly [field: string]: string | number | boolean | readonly string[];
}

export function recordsAsJson(records: readonly SimulatedRecord[]): string {
  return JSON.stringify({ records });
}

/** One table of all: a record leaves the columns of other kinds empty. Lists are parted by semicolons. */
export function recordsAsCsv(records: readonly SimulatedRecord[]): string {
  const columns = [...new Set(['kind', 'child', 'at', ...records.flatMap((record) => Object.keys(record))])];
  const rows = records.map((record) => columns.map((name) => cell(record[name])).join(','));
  return [columns.join(','), ...rows, ''].join('\r\n');
}

function cell(value: string | number | boolean | readonly string[] | undefined): string {
  if (value === undefined) return '';
  const text = typeof value === 'object' ? value.join('; ') : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
