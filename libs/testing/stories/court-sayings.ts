import fc from 'fast-check';
import { hearingCopy, queuedHearingCopy } from '../../simulations/hearing-copy.js';
import { hearingResulted, type SimulatedHearing, type SimulatedResult } from '../../simulations/hearing-resulted.js';
import { testUuid } from '../../simulations/people.js';
import { hearings } from '../generators/hearings.js';
import { childAt } from './children.js';
import { json, type Saying } from './saying.js';

/** Hearings of two ids, shared again and again, as the court shares them and as their copies come. */
export const courtSayings: fc.Arbitrary<Saying> = fc
  .tuple(hearings, fc.nat(1), fc.nat(2), fc.nat(2))
  .map(([{ hearing }, slot, shift, form]) => (at) => {
    const body = hearingResulted({ ...ofChildren(hearing, shift), id: testUuid(900 + slot), sharedTime: at });
    const copy = { hearing: body, kind: 'Resulted', sentAt: at } as const;
    return json('court', [body, hearingCopy(copy), queuedHearingCopy(copy)][form]);
  });

function ofChildren(hearing: SimulatedHearing, shift: number): SimulatedHearing {
  return {
    ...hearing,
    defendants: hearing.defendants.map((defendant, at) => ({
      ...defendant,
      id: testUuid(childAt(at + shift).serial),
      person: childAt(at + shift),
      offences: defendant.offences.map((offence, nth) => ({
        ...offence,
        id: testUuid(200 + 10 * childAt(at + shift).serial + nth),
        results: named(offence.results, 1000 * childAt(at + shift).serial + 100 * nth),
      })),
    })),
    applications: (hearing.applications ?? []).map((application, at) => ({
      ...application,
      id: testUuid(500 + childAt(at + shift).serial),
      defendantId: testUuid(childAt(at + shift).serial),
      person: childAt(at + shift),
      results: named(application.results, 1000 * childAt(at + shift).serial + 900),
    })),
  };
}

function named(results: readonly SimulatedResult[], from: number): SimulatedResult[] {
  return results.map((result, at) => ({ ...result, id: testUuid(from + at) }));
}
