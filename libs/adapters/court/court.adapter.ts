import { encode } from '../../contracts/catalogue.js';
import { ResultRecordedSchema } from '../../contracts/gen/hub/court/v1/court_pb.js';
import { defineAdapter } from '../../kernel/adapter.js';
import type { Fact, Message, Reason } from '../../kernel/fact.js';
import { ignored, type Item, type Translation } from '../../kernel/outcome.js';
import { canonicalFormats } from '../canonical/canonical.adapter.js';
import { BadPart, holds, orQuarantine, readable, sortOut } from '../reading/bad-part.js';
import { jsonOf } from '../reading/content.js';
import { distinct } from '../reading/distinct.js';
import { wireOf } from '../reading/person.js';
import { Place } from '../reading/place.js';
import { readHearing, type Defendant, type Hearing, type Result } from './hearing.js';

const hearingResultedFormat = 'public.events.hearing.hearing-resulted';

export const courtAdapter = defineAdapter({
  agency: 'court',
  formats: { ...canonicalFormats('court'), [hearingResultedFormat]: readable(hearingResulted) },
  recognise: (message) => (looksLikeHearing(message) ? hearingResultedFormat : undefined),
});

function hearingResulted(message: Message): Translation {
  const hearing = readHearing(new Place(jsonOf(message)), message);
  if (hearing.sharedAt === undefined && hearing.results.length > 0)
    throw new BadPart('no-shared-time', 'which results are current depends on when they were shared', '/sharedTime');
  const { read, others } = sortOut(hearing.results.flatMap((result) => orQuarantine(() => [factOf(hearing, result)])));
  return stated(hearing, [...distinct(read), ...others, ...hearing.others]);
}

// A reshare states the whole day's results again: same fact keys, so what changed supersedes and what vanished is withdrawn.
// A part that cannot be read has not vanished: then the message covers nothing.
function stated(hearing: Hearing, items: readonly Item[]): Translation {
  const whole = items.every((item) => item.outcome !== 'quarantined');
  const { day, sharedAt } = hearing;
  const covers =
    whole && day !== undefined && sharedAt !== undefined
      ? [{ scope: scopeOf(hearing.id, day), statedAt: sharedAt }]
      : [];
  const nothing = items.every((item) => item.outcome === 'ignored' && item.reason.code === 'no-results');
  return { items: nothing ? ignored('no-results', 'the hearing has no results').items : items, covers };
}

function factOf(hearing: Hearing, result: Result): Fact {
  const { defendant, offence } = result;
  const day = hearing.day ?? result.orderedOn;
  if (day === undefined) throw new BadPart('no-hearing-day', 'the hearing day is required', '/hearingDay');
  const onlyIfKnown = unlessChild(defendant, day);
  return {
    record: { key: defendant.id, person: defendant.person },
    key: ['hub.court.v1.ResultRecorded', defendant.id, hearing.id, defendant.id, offence.id, result.id],
    type: 'hub.court.v1.ResultRecorded',
    data: encode(ResultRecordedSchema, {
      hearingId: hearing.id,
      hearingDay: day,
      defendantId: defendant.id,
      offenceId: offence.id,
      resultId: result.id,
      resultCode: result.code ?? '',
      resultTitle: result.title ?? '',
      resultCategory: result.category ?? '',
      offenceCode: offence.code ?? '',
      offenceTitle: offence.title ?? '',
      offenceDate: offence.startDate ?? '',
      plea: offence.plea ?? '',
      court: hearing.court ?? '',
      courtCode: hearing.courtCode ?? '',
      jurisdiction: hearing.jurisdiction ?? '',
      hearingType: hearing.type ?? '',
      terms: result.terms.map(({ label, value }) => ({ label, value })),
      caseUrn: result.caseUrn ?? '',
      person: wireOf(defendant.person),
      orderedOn: result.orderedOn ?? day,
    }),
    occurred: { at: result.orderedOn ?? day, precision: 'date' },
    statedAt: hearing.sharedAt ?? '',
    scope: scopeOf(hearing.id, day),
    pointer: result.pointer,
    ...(onlyIfKnown === undefined ? {} : { onlyIfKnown }),
  };
}

function scopeOf(hearing: string, day: string): readonly string[] {
  return ['hearing-day', hearing, day];
}

/** Why the hub may record this only for a child it knows already; undefined for a child on the hearing day. */
function unlessChild({ isYouth, person }: Defendant, day: string): Reason | undefined {
  const adultFrom = person.birthDate && eighteenth(person.birthDate);
  if (isYouth === true || (adultFrom !== undefined && day < adultFrom)) return undefined;
  if (isYouth === false || adultFrom !== undefined)
    return { code: 'adult', detail: 'an adult on the hearing day: recorded only for a child the hub knows' };
  return {
    code: 'not-shown-to-be-a-child',
    detail: 'neither flag nor birth date: recorded only for a child the hub knows',
  };
}

// Compared as text, 29 February comes of age on 1 March of a year without one.
function eighteenth(birthDate: string): string {
  return `${String(Number(birthDate.slice(0, 4)) + 18).padStart(4, '0')}${birthDate.slice(4)}`;
}

function looksLikeHearing(message: Message): boolean {
  return holds(() => !new Place(jsonOf(message)).at('hearing').absent);
}
