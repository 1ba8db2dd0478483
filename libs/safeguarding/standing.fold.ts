import type { ChildNow, HeldFact } from '../kernel/capability.js';
import { authorityOf } from '../kernel/places.js';
import { flagged, latest, ofType, text, time } from './said.js';

/** Types that say whether somebody at the service holds the case. */
export const caseTypes = ['hub.yos.v1.CaseAllocated', 'hub.yos.v1.CaseClosed'] as const;

export const discussionTypes = [
  'hub.social_care.v1.StrategyDiscussionConvened',
  'hub.social_care.v1.StrategyDiscussionHeld',
] as const;

/** Types that say how the child stands towards the services. */
export const standingTypes = [
  ...caseTypes,
  'hub.social_care.v1.StatusRecorded',
  'hub.social_care.v1.PlacementRecorded',
] as const;

export interface Placement {
  readonly fact: string;
  readonly startedOn: string;
  readonly endedOn: string;
  readonly area: string;
  readonly outOfArea: boolean;
  readonly emergency: boolean;
  readonly receivedAt: string;
  readonly history: boolean;
}

/** How the child stands towards the services, as far as who has to be told depends on it. */
export interface Standing {
  readonly child: ChildNow;
  /** Open to the youth offending service: somebody holds the case. */
  readonly open: boolean;
  /** The code or name of the authority responsible for the child; '' while nobody has said. */
  readonly authority: string;
  /** The fact that says which authority; '' while nobody has. */
  readonly authorityBy: string;
  readonly placements: readonly Placement[];
}

export function standingOf(facts: readonly HeldFact[], child: ChildNow): Standing {
  const cases = latest(ofType(facts, 'hub.yos.v1.CaseAllocated', 'hub.yos.v1.CaseClosed'));
  const said = ofType(facts, 'hub.social_care.v1.StatusRecorded').filter(
    (fact) => text(fact, 'responsibleAuthority') !== '',
  );
  const by = latest(said);
  const authority = authorityOf(textOf(by, 'responsibleAuthority'));
  const placements = ofType(facts, 'hub.social_care.v1.PlacementRecorded').map((fact) => {
    const area = text(fact, 'hostAuthority') || text(fact, 'area');
    return {
      fact: fact.fact,
      startedOn: text(fact, 'startedOn'),
      endedOn: text(fact, 'endedOn'),
      area: authorityOf(area),
      outOfArea: flagged(fact, 'outOfArea') || (area !== '' && authority !== '' && authorityOf(area) !== authority),
      emergency: flagged(fact, 'emergency'),
      receivedAt: fact.receivedAt,
      history: fact.history,
    };
  });
  const open = cases?.type === 'hub.yos.v1.CaseAllocated';
  return { child, open, authority, authorityBy: by?.fact ?? '', placements };
}

/** Where the child was placed at an instant (RFC 3339), if anybody said. */
export function placementAt({ placements }: Standing, at: string): Placement | undefined {
  const day = at.slice(0, 10);
  return placements
    .filter(({ startedOn, endedOn }) => startedOn <= day && (endedOn === '' || day <= endedOn))
    .toSorted((one, other) => time(one.startedOn) - time(other.startedOn))
    .at(-1);
}

function textOf(fact: HeldFact | undefined, field: string): string {
  return fact ? text(fact, field) : '';
}
