import { defineAdapter } from '../../kernel/adapter.js';
import type { Message } from '../../kernel/fact.js';
import { instant } from '../../kernel/instant.js';
import { ignored, type Item, type Translation } from '../../kernel/outcome.js';
import { canonicalFormats } from '../canonical/canonical.adapter.js';
import { BadPart, orQuarantine, readable, sortOut } from '../reading/bad-part.js';
import { distinct } from '../reading/distinct.js';
import { attributeIn, unwrapped } from '../reading/notification.js';
import type { Place } from '../reading/place.js';
import { applicationFacts, resultFact, scopeOf } from './facts.js';
import { readHearing, type Hearing } from './hearing.js';
import { listing } from './listing.js';

const hearingResultedFormat = 'public.events.hearing.hearing-resulted';
/** The copy that HMPPS receives, in the envelopes of its topic and queue. */
const copiedHearingFormat = 'COMMON_PLATFORM_HEARING';

export const courtAdapter = defineAdapter({
  agency: 'court',
  formats: {
    ...canonicalFormats('court'),
    [hearingResultedFormat]: readable(hearing),
    [copiedHearingFormat]: readable(hearing),
  },
  recognise,
});

function hearing(message: Message): Translation {
  const { place, sentAt, attributes } = unwrapped(message);
  const none = whyNoHearing(place);
  if (none) return none;
  const { observedat } = message.attributes;
  const seenAt = observedat === undefined ? sentAt : instant(observedat);
  if (attributeIn(attributes, 'hearingEventType') !== 'ConfirmedOrUpdated') return resulted(readHearing(place, seenAt));
  const statedAt = place.at('sharedTime').instant() ?? seenAt;
  if (statedAt === undefined) throw noTime('which listing is current depends on when it was sent');
  return listing(place, statedAt);
}

function resulted(shared: Hearing): Translation {
  if (shared.sharedAt === undefined && shared.results.length + shared.applications.length > 0)
    throw noTime('which results are current depends on when they were shared');
  const { read, others } = sortOut([
    ...shared.results.flatMap((result) => orQuarantine(() => [resultFact(shared, result)])),
    ...shared.applications.flatMap((application) => orQuarantine(() => applicationFacts(shared, application))),
  ]);
  return stated(shared, [...distinct(read), ...others, ...shared.others]);
}

// A reshare states the whole day's results again: same fact keys, so what changed supersedes and what vanished is withdrawn.
// A part that cannot be read has not vanished: then the message covers nothing.
function stated({ id, day, sharedAt }: Hearing, items: readonly Item[]): Translation {
  const whole = items.every((item) => item.outcome !== 'quarantined');
  const covers =
    whole && day !== undefined && sharedAt !== undefined ? [{ scope: scopeOf(id, day), statedAt: sharedAt }] : [];
  const nothing = items.every((item) => item.outcome === 'ignored' && item.reason.code === 'no-results');
  return { items: nothing ? ignored('no-results', 'the hearing has no results').items : items, covers };
}

/** What of the copies carries no hearing, by design of the queues they come through. Throws `BadPart`. */
function whyNoHearing(place: Place): Translation | undefined {
  const [first] = place.isList ? place.list() : [];
  if (first?.isText && first.text()?.endsWith('PayloadS3Pointer'))
    throw new BadPart('content-elsewhere', 'a pointer to the content, which its publisher has to send', place.pointer);
  if (!place.at('hearing').absent || attributeIn(place, 'messageType') === undefined) return undefined;
  return ignored(
    'attributes-alone',
    'the attributes of a queue’s message without the message: nothing is said in them',
  );
}

function noTime(why: string): BadPart {
  return new BadPart('no-shared-time', why, '/sharedTime');
}

function recognise(message: Message): string | undefined {
  try {
    const { place, attributes } = unwrapped(message);
    if (attributeIn(attributes ?? place, 'messageType') === copiedHearingFormat) return copiedHearingFormat;
    return place.at('hearing').absent ? undefined : hearingResultedFormat;
  } catch (error) {
    if (error instanceof BadPart) return undefined;
    throw error;
  }
}
