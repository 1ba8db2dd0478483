import type { Fact, Message, Person, SourceRecord } from '../../kernel/fact.js';
import { ignored, translated, type Item, type Translation } from '../../kernel/outcome.js';
import { BadPart, holds, orQuarantine, sortOut } from '../reading/bad-part.js';
import { distinct } from '../reading/distinct.js';
import { required } from '../reading/place.js';
import { statedIn } from '../reading/stated.js';
import { localTime } from '../reading/times.js';
import { rootNameOf, xmlOf, type XmlElement } from '../reading/xml.js';
import { caseFacts } from './cin-case.js';
import type { Stated } from './cin-stated.js';

/** The children in need census, as the XML an authority returns. */
export const censusFormat = 'cin.census';

export function looksLikeCensus(message: Message): boolean {
  return holds(() => rootNameOf(message) === 'Message');
}

/** One child is several facts: a referral, its assessments, enquiries and plans, each read by itself. */
export function cinCensus(message: Message): Translation {
  const root = xmlOf(message, 'Message');
  const collection = root.at('Header').at('CollectionDetails').at('Collection');
  if (collection.text.text()?.toUpperCase() !== 'CIN')
    throw new BadPart('other-collection', 'the document is no children in need census', collection.pointer);
  const statedAt = saidAt(root.at('Header').at('Source').at('DateTime')) ?? statedIn(message);
  const children = root.at('Children').all('Child');
  if (children.length === 0) return ignored('no-children', 'the census names no child');
  const { read, others } = sortOut(children.flatMap((child) => orQuarantine(() => childFacts(child, statedAt))));
  // No cover: a census states one year, and an authority may send a part of it.
  return translated([...distinct(read), ...others]);
}

/** The census writes its own time without a zone: the clock of the authority. */
function saidAt(element: XmlElement): string | undefined {
  const text = element.text.text();
  if (text === undefined) return undefined;
  const at = localTime(text);
  if (at === undefined)
    throw new BadPart('invalid-time', 'the time of the census is a time (YYYY-MM-DDThh:mm:ss)', element.pointer);
  return at;
}

function childFacts(child: XmlElement, statedAt: string): readonly (Fact | Item)[] {
  const identifiers = child.at('ChildIdentifiers');
  const key = required(identifiers.at('LAchildID').text.text(), identifiers.at('LAchildID').text);
  const { read, others } = sortOut(orQuarantine(() => [personIn(identifiers)]));
  // A child whose number or birth date cannot be read is a child all the same: the authority's own id says which.
  const record: SourceRecord = { key, person: read[0] ?? { identifiers: [] } };
  const stated: Stated = { record, statedAt };
  return [...others, ...child.all('CINdetails').flatMap((one) => caseFacts(one, stated))];
}

// A former UPN is not claimed: a record has one. UPNunknown says why there is none.
function personIn(identifiers: XmlElement): Person {
  const upn = identifiers.at('UPN').text.text();
  const birthDate = identifiers.at('PersonBirthDate').text.date();
  return {
    identifiers: upn === undefined ? [] : [{ kind: 'upn', value: upn }],
    ...(birthDate === undefined ? {} : { birthDate }),
  };
}
