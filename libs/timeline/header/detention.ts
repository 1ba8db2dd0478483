import { instantInWords } from '../../kernel/london.js';
import { line, newestFirst, ofType, textOf, type HeaderFact, type HeaderLine } from './header-fact.js';

const AUTHORISED = 'hub.police.v1.DetentionAuthorised';
const ENDED = 'hub.police.v1.DetentionEnded';
// Nobody is held without charge for longer (PACE 1984 s.44), and a court sits within as much: what was never closed is no detention.
const LONGEST_MS = 96 * 3_600_000;

/** The police station a child is held at, at an instant; none once a movement into or out of custody was told after it. */
export function detainedOf(facts: readonly HeaderFact[], at: string, movement: HeaderFact | undefined): HeaderLine[] {
  const ends = new Map(ofType(facts, ENDED).map((end) => [detention(end), end]));
  return ofType(facts, AUTHORISED)
    .sort(newestFirst)
    .slice(0, 1)
    .flatMap((began) => {
      const end = ends.get(detention(began));
      const last = end ?? began;
      const kept = textOf(last, 'outcome') === 'OUTCOME_KEPT_FOR_COURT';
      const moved = movement !== undefined && Date.parse(movement.occurredAt) >= Date.parse(last.occurredAt);
      if ((end && !kept) || moved || Date.parse(at) - Date.parse(last.occurredAt) > LONGEST_MS) return [];
      const words = kept ? 'Kept at the police station for court' : 'In police custody';
      return [line(last, words, `since ${instantInWords(last.occurredAt)}`, textOf(began, 'station'))];
    });
}

const detention = (fact: HeaderFact): string => `${fact.record}\n${textOf(fact, 'custodyNumber')}`;
