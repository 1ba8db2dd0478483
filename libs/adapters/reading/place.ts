import type { Message } from '../../kernel/fact.js';
import { BadPart } from './bad-part.js';
import { instant } from '../../kernel/instant.js';
import { own } from './own.js';
import { isoDate } from './times.js';

/**
 * A place in a JSON document that knows its own pointer, so that whatever is wrong there can be named.
 * Null counts as absent. Every reader throws `BadPart` when the value is there and of another type.
 */
export class Place {
  /** `within`: its pointer, or else the place that it has a name in. */
  constructor(
    private readonly value: unknown,
    private readonly within: Place | string = '',
    private readonly asked?: Message['asked'],
    private readonly name?: string | number,
  ) {}

  // Put together only when it is asked for: of a hundred places that are read, one or two are named.
  get pointer(): string {
    return typeof this.within === 'string' ? this.within : `${this.within.pointer}/${this.name ?? ''}`;
  }

  get absent(): boolean {
    return this.value === undefined || this.value === null;
  }

  get isText(): boolean {
    return typeof this.value === 'string';
  }

  get isList(): boolean {
    return Array.isArray(this.value);
  }

  at(name: string): Place {
    this.asked?.(`${this.pointer}/${name}`);
    if (this.absent) return new Place(undefined, this, undefined, name);
    if (typeof this.value !== 'object' || this.value === null || Array.isArray(this.value)) throw this.bad('an object');
    return new Place(own(this.value, name), this, this.asked, name);
  }

  /** The members of an array; none when it is absent. */
  list(): readonly Place[] {
    if (this.absent) return [];
    if (!Array.isArray(this.value)) throw this.bad('a list');
    return this.value.map((member: unknown, index) => new Place(member, this, this.asked, index));
  }

  /** Trimmed; undefined when absent or blank. */
  text(): string | undefined {
    if (this.absent) return undefined;
    if (typeof this.value !== 'string') throw this.bad('text');
    return this.value.trim() || undefined;
  }

  /** An id in one spelling: the same UUID comes in either case. */
  id(): string | undefined {
    return this.text()?.toLowerCase();
  }

  flag(): boolean | undefined {
    if (this.absent) return undefined;
    if (typeof this.value !== 'boolean') throw this.bad('true or false');
    return this.value;
  }

  number(): number | undefined {
    if (this.absent) return undefined;
    if (typeof this.value !== 'number') throw this.bad('a number');
    return this.value;
  }

  /** `YYYY-MM-DD`. */
  date(): string | undefined {
    const text = this.text();
    const date = text === undefined ? undefined : isoDate(text);
    if (text !== undefined && date === undefined) throw this.bad('a date (YYYY-MM-DD)');
    return date;
  }

  /** RFC 3339, in UTC. */
  instant(): string | undefined {
    const text = this.text();
    const at = text === undefined ? undefined : instant(text);
    if (text !== undefined && at === undefined) throw this.bad('a time (RFC 3339)');
    return at;
  }

  private bad(expected: string): BadPart {
    return new BadPart('wrong-type', `${expected} is expected here`, this.pointer);
  }
}

/** Throws `BadPart` when the value is absent. */
export function required<T>(value: T | undefined, place: Place): T {
  if (value === undefined) throw new BadPart('missing-value', 'a value is required here', place.pointer);
  return value;
}
