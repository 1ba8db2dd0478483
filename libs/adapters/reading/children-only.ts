import type { Reason } from '../../kernel/fact.js';

/**
 * Why the hub may record something of a person only for a child it knows already; undefined when the birth date
 * (`YYYY-MM-DD`) or the source's own flag shows a child on that day: if either says child, it is a child.
 */
export function unlessChild(birthDate: string | undefined, day: string, isYouth?: boolean): Reason | undefined {
  if (isYouth === true || (birthDate !== undefined && day < eighteenth(birthDate))) return undefined;
  if (isYouth === undefined && birthDate === undefined) {
    return {
      code: 'not-shown-to-be-a-child',
      detail: 'nothing in the message says how old the person is: recorded only for a child the hub knows',
    };
  }
  return { code: 'adult', detail: 'an adult on that day: recorded only for a child the hub knows' };
}

// Compared as text, 29 February comes of age on 1 March of a year without one.
function eighteenth(birthDate: string): string {
  return `${String(Number(birthDate.slice(0, 4)) + 18).padStart(4, '0')}${birthDate.slice(4)}`;
}
