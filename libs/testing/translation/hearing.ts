// A hearing of one child with one result, and the message that shares it: what the court specs start from.
import type { Fact, Message } from '../../kernel/fact.js';
import { hearingResulted, type SimulatedDefendant, type SimulatedHearing } from '../../simulations/hearing-resulted.js';
import { testPncId, type Simulated } from '../../simulations/people.js';
import { translate } from '../../adapters/registry.js';
import { factsIn } from './facts-in.js';

export const day = '2026-01-14';
export const child = {
  givenNames: 'Kit',
  familyName: 'Fennimoor',
  birthDate: '2010-05-06',
  pncId: testPncId(2024, 4101),
};
export const adult: Simulated = { givenNames: 'Marlow', familyName: 'Quenby', birthDate: '2002-01-02' };

export function defendant(id: string, person: Simulated = child, results = ['result-1']): SimulatedDefendant {
  const offence = { code: 'TH68010', title: 'Theft from a shop' };
  return {
    id,
    person,
    offences: [
      {
        ...offence,
        id: `${id}-offence-1`,
        results: results.map((result) => ({
          id: result,
          code: '3041',
          label: 'Referral order',
          terms: [['Length', '6 months']],
        })),
      },
      { ...offence, id: `${id}-offence-2`, results: [] },
    ],
  };
}

export function told(change: Partial<SimulatedHearing> = {}) {
  return hearingResulted({
    id: 'HEARING-1',
    day,
    sharedTime: '2026-01-14T15:20:00Z',
    defendants: [defendant('defendant-1')],
    ...change,
  });
}

export function message(body: unknown, change: Partial<Message> = {}): Message {
  return {
    system: 'court',
    agency: 'court',
    format: 'public.events.hearing.hearing-resulted',
    contentType: 'application/json',
    attributes: {},
    body: Buffer.from(JSON.stringify(body)),
    receivedAt: '2026-01-14T15:20:05Z',
    ...change,
  };
}

export function factsOf(body: unknown, change: Partial<Message> = {}): Fact[] {
  return factsIn(translate(message(body, change)));
}
export const firstDefendant = '/hearing/prosecutionCases/0/defendants/0';
export const firstOffence = `${firstDefendant}/offences/0`;
export const firstResult = `${firstOffence}/judicialResults/0`;
