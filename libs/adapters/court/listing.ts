import { encode } from '../../contracts/catalogue.js';
import { HearingListedSchema } from '../../contracts/gen/hub/court/v1/court_pb.js';
import type { Fact } from '../../kernel/fact.js';
import { dayInLondon } from '../../kernel/london.js';
import { ignored, translated, type Item, type Translation } from '../../kernel/outcome.js';
import { BadPart, orQuarantine, sortOut } from '../reading/bad-part.js';
import { unlessChild } from '../reading/children-only.js';
import { distinct } from '../reading/distinct.js';
import { wireOf } from '../reading/person.js';
import type { Place } from '../reading/place.js';
import { readDefendant } from './defendant.js';
import { casesIn, headOf, organisation, sittings } from './hearing.js';

/** A hearing confirmed or moved, as the court listed it at `statedAt` (RFC 3339): one fact for each defendant. Throws `BadPart`. */
export function listing(root: Place, statedAt: string): Translation {
  const hearing = root.at('hearing');
  const listedFor = next(sittings(hearing), statedAt);
  if (listedFor === undefined)
    throw new BadPart('no-hearing-day', 'a listed hearing has a day', hearing.at('hearingDays').pointer);
  const head = headOf(hearing);
  const factOf = (place: Place): Fact | Item => {
    if (!place.at('legalEntityDefendant').absent) return organisation(place.pointer);
    const defendant = readDefendant(place);
    const onlyIfKnown = unlessChild(defendant.person.birthDate, dayInLondon(listedFor), defendant.isYouth);
    return {
      record: { key: defendant.id, person: defendant.person },
      key: ['hub.court.v1.HearingListed', defendant.id, head.id],
      type: 'hub.court.v1.HearingListed',
      data: encode(HearingListedSchema, {
        hearingId: head.id,
        listedFor,
        court: head.court ?? '',
        hearingType: head.type ?? '',
        person: wireOf(defendant.person),
      }),
      occurred: { at: statedAt, precision: 'instant' },
      statedAt,
      pointer: place.pointer,
      ...(onlyIfKnown === undefined ? {} : { onlyIfKnown }),
    };
  };
  const defendants = casesIn(hearing).flatMap((one) => orQuarantine(() => one.at('defendants').list()));
  const { read, others } = sortOut(
    defendants.flatMap((one) => ('outcome' in one ? [one] : orQuarantine(() => [factOf(one)]))),
  );
  const items = [...distinct(read), ...others];
  return items.length > 0 ? translated(items) : ignored('no-defendant', 'the hearing names no defendant');
}

// A hearing of several days is listed for the one that comes next; when all are over, it was listed for the last.
function next(days: readonly string[], statedAt: string): string | undefined {
  const inOrder = days.toSorted((one, other) => Date.parse(one) - Date.parse(other));
  return inOrder.find((day) => Date.parse(day) >= Date.parse(statedAt)) ?? inOrder.at(-1);
}
