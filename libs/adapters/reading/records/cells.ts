import { instant } from '../../../kernel/instant.js';
import { BadPart } from '../bad-part.js';
import type { CsvRow } from '../csv.js';
import type { Place } from '../place.js';
import { britishDate, isoDate } from '../times.js';

/**
 * One record of a case system, whichever way it was written: an object of JSON, whose names are `orderRef`, or a row of a table,
 * whose columns are `ORDER_REF`. Every reader throws `BadPart` when the value is there and is no such thing.
 */
export class Cells {
  private constructor(
    private readonly value: (name: string) => Place | string,
    private readonly pointerOf: (name: string) => string,
    /** Where the record stands: JSON pointer or `row N`. */
    readonly pointer: string,
  ) {}

  static ofRow(row: CsvRow): Cells {
    return new Cells(
      (name) => row.text(columnOf(name)),
      () => row.pointer,
      row.pointer,
    );
  }

  static ofPlace(place: Place): Cells {
    return new Cells(
      (name) => place.at(name),
      (name) => place.at(name).pointer,
      place.pointer,
    );
  }

  /** Trimmed; '' when it is absent or blank. */
  text(name: string): string {
    const value = this.value(name);
    return typeof value === 'string' ? value : (value.text() ?? '');
  }

  required(name: string): string {
    const text = this.text(name);
    if (text === '') throw this.bad(name, 'missing-value', 'is required');
    return text;
  }

  /** A day, `YYYY-MM-DD` or `dd/mm/yyyy`, as `YYYY-MM-DD`; '' when it is absent. */
  day(name: string): string {
    const text = this.text(name);
    const day = text === '' ? '' : (isoDate(text) ?? britishDate(text));
    if (day === undefined) throw this.bad(name, 'invalid-date', 'is a date (YYYY-MM-DD or dd/mm/yyyy)');
    return day;
  }

  /** RFC 3339, in UTC; '' when it is absent. */
  instant(name: string): string {
    const text = this.text(name);
    const at = text === '' ? '' : instant(text);
    if (at === undefined) throw this.bad(name, 'invalid-time', 'is a time (RFC 3339)');
    return at;
  }

  /** False when it is absent. */
  flag(name: string): boolean {
    const value = this.value(name);
    if (typeof value !== 'string' && !value.isText) return value.flag() ?? false;
    const said = this.text(name).toLowerCase();
    if (!['', 'y', 'yes', 'true', 'n', 'no', 'false'].includes(said))
      throw this.bad(name, 'wrong-type', 'is true or false');
    return said.startsWith('y') || said === 'true';
  }

  /** Not less than nought; 0 when it is absent. */
  number(name: string): number {
    const value = this.value(name);
    const number = typeof value === 'string' || value.isText ? numberIn(this.text(name)) : (value.number() ?? 0);
    if (number === undefined || !(number >= 0)) throw this.bad(name, 'wrong-type', 'is a number');
    return number;
  }

  /** A list of JSON, or text that has its members between semicolons. */
  list(name: string): readonly string[] {
    const value = this.value(name);
    if (typeof value === 'string' || value.isText)
      return this.text(name)
        .split(';')
        .map((one) => one.trim())
        .filter(Boolean);
    return value.list().flatMap((one) => one.text() ?? []);
  }

  /**
   * What a list calls it; spaces, underscores and hyphens are the same, and so are capitals. `absent` when it is absent.
   */
  coded<T>(name: string, list: Readonly<Record<string, T>>, absent: T): T {
    return this.text(name) === '' ? absent : this.requiredCode(name, list);
  }

  requiredCode<T>(name: string, list: Readonly<Record<string, T>>): T {
    const said = this.required(name)
      .toLowerCase()
      .replaceAll(/[\s_-]+/g, '-');
    const code = Object.hasOwn(list, said) ? list[said] : undefined;
    if (code === undefined) throw this.bad(name, 'unknown-code', 'is a word that the hub does not know');
    return code;
  }

  bad(name: string, code: string, rule: string): BadPart {
    return new BadPart(code, `${name} ${rule}`, this.pointerOf(name));
  }
}

/** `orderRef` → `ORDER_REF`. */
export function columnOf(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}

function numberIn(text: string): number | undefined {
  if (text === '') return 0;
  return /^\d{1,9}(\.\d{1,6})?$/.test(text) ? Number(text) : undefined;
}
