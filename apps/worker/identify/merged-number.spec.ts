import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { domainEventTelling, settledEvent } from '../../../libs/simulations/domain-event.js';
import { testNhsNumber } from '../../../libs/simulations/people.js';
import { domainEvent, type SimulatedEvent } from '../../../libs/simulations/supervision-event.js';
import type { Telling } from '../../../libs/simulations/telling.js';
import { openTestHub, type TestHub } from '../../../libs/testing/hub/hub.js';
import { factsShown, linksShown } from '../../../libs/testing/hub/shown.js';
import { missingReport } from '../../../libs/testing/messages/told.js';
import { verify } from '../../ops/verify/verify.js';
import { drain } from '../worker.loop.js';

const [kept, removed, at] = ['A7101KF', 'A7102KF', '2026-02-10T09:00:00Z'];
const rowan = { givenNames: 'Rowan', familyName: 'Ashdown', birthDate: '2009-04-02', nhsNumber: testNhsNumber(303) };
const wren = { givenNames: 'Wren', familyName: 'Else', birthDate: '2010-01-01', nhsNumber: testNhsNumber(404) };

const merge = told(
  domainEvent('prison-offender-events.prisoner.merged', at, [{ type: 'NOMS', value: kept }], {
    nomsNumber: kept,
    removedNomsNumber: removed,
    reason: 'MERGE',
  }),
);
const received = (nomsNumber: string, occurredAt: string): Telling => {
  const event = settledEvent({ direction: 'received', nomsNumber, occurredAt, prisonId: 'FHI' });
  return domainEventTelling('secure-estate', event, event);
};

function told(event: SimulatedEvent): Telling {
  return domainEventTelling('secure-estate', event, event);
}

describe('numbers that were merged', () => {
  let hub: TestHub;
  beforeEach(async () => {
    hub = await openTestHub();
  });
  afterEach(async () => {
    expect((await verify(hub, () => undefined)).problems).toEqual([]);
    await hub.close();
  });
  const send = async (...tellings: readonly Telling[]) => {
    await hub.keep(...tellings);
    await drain(hub);
  };
  const current = async () =>
    (await factsShown(hub))
      .filter(({ state, record }) => state === 'current' && !record.startsWith('police'))
      .map(({ record, type }) => `${record}: ${type.split('.').at(-1)}`)
      .sort();

  it.each(['claim first', 'merge first', 'twice, at once'])(
    'leave the history where it is, and say there which number is used from now on: %s',
    async (how) => {
      const claim = missingReport('claims', 'nominal-1', { ...rowan, nomsNumber: removed });
      const before = received(removed, '2026-02-03T18:20:00Z');
      if (how === 'twice, at once') await send(merge, claim, before, merge);
      else for (const one of how === 'claim first' ? [claim, before, merge] : [merge, before, claim]) await send(one);
      expect(await current()).toEqual([
        `secure-estate ${removed}: PrisonerNumbersMerged`,
        `secure-estate ${removed}: ReceivedIntoCustody`,
      ]);
      expect(await linksShown(hub)).toEqual([['police nominal-1', `secure-estate ${removed}`]]);
    },
  );

  it('record what was held under the kept number, once a source corrects its own', async () => {
    await send(
      missingReport('claims', 'nominal-1', { ...rowan, nomsNumber: removed }),
      merge,
      received(kept, '2026-02-20T18:20:00Z'),
    );
    expect(await current()).toEqual([`secure-estate ${removed}: PrisonerNumbersMerged`]);
    const later = { time: '2026-03-05T22:10:00Z' };
    await send(missingReport('corrects', 'nominal-1', { ...rowan, nomsNumber: kept }, later));
    expect(await current()).toEqual([
      `secure-estate ${kept}: PrisonerNumbersMerged`,
      `secure-estate ${kept}: ReceivedIntoCustody`,
    ]);
    expect(await linksShown(hub)).toEqual([['police nominal-1', `secure-estate ${kept}`]]);
  });

  it('of two children join them by nothing', async () => {
    await send(
      missingReport('one', 'nominal-1', { ...rowan, nomsNumber: removed }),
      missingReport('other', 'nominal-2', { ...wren, nomsNumber: kept }),
      received(removed, '2026-02-03T18:20:00Z'),
      merge,
    );
    expect(await linksShown(hub)).toEqual([
      ['police nominal-1', `secure-estate ${removed}`],
      ['police nominal-2', `secure-estate ${kept}`],
    ]);
  });

  it('a case record that claims two numbers follows the child known by either, and neither of two', async () => {
    const found = domainEvent(
      'probation-case.prison-identifier.added',
      at,
      [
        { type: 'CRN', value: 'X970101' },
        { type: 'NOMS', value: kept },
      ],
      { bookingNumber: '10001A' },
    );
    const matched = domainEventTelling('probation', found, found);
    await send(missingReport('one', 'nominal-1', { ...rowan, nomsNumber: kept }), matched);
    expect(await linksShown(hub)).toEqual([['police nominal-1', 'probation X970101']]);
    await send(missingReport('other', 'nominal-2', { ...wren, crn: 'X970101' }));
    expect(await linksShown(hub)).toEqual([['police nominal-1'], ['police nominal-2']]);
  });
});
