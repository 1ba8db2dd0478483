import { isInstant } from '../../kernel/instant.js';
import { badRequest, forbidden, type Problem } from '../problems/problem.js';
import { agencyOfType, canonicalType, catalogue } from '../../contracts/catalogue.js';
import type { Caller } from '../sign-in/caller.js';

/** A system that publishes as itself. */
export type Publisher = Caller & { readonly system: string };

const NAME = /^[a-z0-9]{1,64}$/;
const LONGEST = 2_048;
const MEDIA_TYPE = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(?:\s*;\s*[\w!#$&^.+-]+=(?:[\w!#$&^.+-]+|"[^"\\]*"))*$/;
// Control characters are forbidden by CloudEvents; a lone surrogate has no UTF-8 form, so it could not be kept as sent.
const CONTROL = /\p{Cc}/u;

interface Rule {
  readonly holds: (value: string) => boolean;
  readonly rule: string;
}

const INSTANT: Rule = { holds: isInstant, rule: 'a time in RFC 3339, for example 2026-03-01T09:30:00Z' };
const RULES: ReadonlyMap<string, Rule> = new Map([
  ['time', INSTANT],
  ['recordedtime', INSTANT],
  ['datacontenttype', { holds: (value: string) => MEDIA_TYPE.test(value), rule: 'a media type' }],
]);

/**
 * Checks the attributes of an event that `publisher` sends, and answers them as they are kept: without `specversion`,
 * the source as the system's name, the type in its canonical spelling. Throws `Problem`: 400 names the attribute
 * and the rule, never the value; 403 for what another system or agency says.
 */
export function checkedAttributes(
  given: ReadonlyMap<string, string>,
  publisher: Publisher,
  pointer: (name: string) => string,
): Record<string, string> {
  const broken = (name: string, rule: string): Problem => badRequest('broken-envelope', `${rule}.`, pointer(name));

  const kept: Record<string, string> = {};
  for (const [name, value] of given) {
    if (!NAME.test(name)) throw broken(name.slice(0, 64), 'An attribute name is lower-case letters and digits');
    if (value === '') throw broken(name, `${name} is empty: leave it out or say something`);
    if (value.length > LONGEST) throw broken(name, `${name} is longer than ${LONGEST} characters`);
    if (CONTROL.test(value) || !value.isWellFormed()) throw broken(name, `${name} has a character that is not allowed`);
    const rule = RULES.get(name);
    if (rule && !rule.holds(value)) throw broken(name, `${name} is ${rule.rule}`);
    if (name !== 'specversion') kept[name] = value;
  }
  const required = (name: string): string => {
    const value = given.get(name);
    if (value === undefined) throw broken(name, `${name} is required`);
    return value;
  };
  if (required('specversion') !== '1.0') throw broken('specversion', 'specversion is 1.0');
  required('id');
  const source = required('source');
  const type = canonicalType(required('type'));
  if (source !== publisher.system && source !== `/${publisher.system}`) {
    throw forbidden('other-source', 'A system publishes only as itself: source is its own name.', pointer('source'));
  }
  refuseOtherAgencies(type, publisher, pointer('type'));
  kept['source'] = publisher.system;
  kept['type'] = type;
  return kept;
}

/** `type` in its canonical spelling. Throws 403 when it is in the catalogue and another agency's. What nobody knows is kept, for a person to look at. */
export function refuseOtherAgencies(type: string, publisher: Publisher, pointer: string): void {
  if (catalogue.has(type) && agencyOfType(type) !== publisher.agency) {
    throw forbidden('other-agency', 'This type of event is another agency’s to publish.', pointer);
  }
}
