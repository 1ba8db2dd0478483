import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { translate } from '../../libs/adapters/registry.js';
import { encode } from '../../libs/contracts/catalogue.js';
import { ResultRecordedSchema } from '../../libs/contracts/gen/hub/court/v1/court_pb.js';
import type { Message } from '../../libs/kernel/fact.js';
import { translated, type Item, type Translation } from '../../libs/kernel/outcome.js';
import { QuarantineDesk } from '../../libs/platform/intake/postgres/quarantine-desk.js';
import { testNhsNumber, testPncId } from '../../libs/simulations/people.js';
import { openTestHub, type TestHub } from '../../libs/testing/hub/hub.js';
import { factsShown } from '../../libs/testing/hub/shown.js';
import { child, hearing, missingReport } from '../../libs/testing/messages/told.js';
import { defaultLoop, drain } from './worker.loop.js';

describe('what an adapter or the hub got wrong', () => {
  let hub: TestHub;
  beforeEach(async () => {
    hub = await openTestHub();
  });
  afterEach(async () => {
    await hub.close();
  });

  it('mending an adapter and retrying corrects what it had got wrong', async () => {
    // Reads every result as another, loses the second, and invents one: three ways to be wrong.
    const faulty = (message: Message): Translation => {
      const { items, covers } = translate(message);
      const [first, ...others] = items.flatMap((item) => (item.outcome === 'fact' ? [item.fact] : []));
      if (!first) return { items, covers };
      const wrong = { ...first, data: encode(ResultRecordedSchema, { hearingId: 'x', resultCode: '9999' }) };
      const invented = { ...first, key: [...first.key, 'invented'] };
      return translated(others.length > 0 ? [wrong, invented] : [wrong], covers);
    };
    const [kept] = await hub.keep(hearing());
    await drain(hub, { ...defaultLoop, translate: faulty });
    const receipt = kept?.receipt ?? '';
    expect((await factsShown(hub)).filter((fact) => fact.state === 'current')).toHaveLength(2);

    const desk = new QuarantineDesk(hub.database, hub.keys);
    await desk.retry([receipt], { who: 'operator:test', reason: 'the adapter was mended' });
    await drain(hub);

    const facts = await factsShown(hub);
    const current = facts.filter((fact) => fact.state === 'current').map((fact) => fact.data?.['resultCode']);
    expect(current.sort()).toEqual(['1081', '1083']);
    expect(facts.map((fact) => fact.state).sort()).toEqual(['current', 'current', 'superseded', 'withdrawn']);
    expect(await hub.status(receipt)).toMatchObject({
      status: 'recorded',
      outcomes: [{ outcome: 'corrected' }, { outcome: 'recorded' }],
    });

    // And once more: there is nothing left to correct.
    const head = await hub.log.head();
    await desk.retry([receipt], { who: 'operator:test', reason: 'to be sure' });
    await drain(hub);
    expect(await hub.log.head()).toBe(head);
  });

  it('one message that cannot be recorded does not hold up the others, and is put before a person', async () => {
    const [bad, good] = await hub.keep(
      missingReport('bad', 'n1', child),
      missingReport('good', 'n2', { ...child, nhsNumber: testNhsNumber(404), pncId: testPncId(2025, 78) }),
    );
    const failing = (message: Message): Translation => {
      const { items, covers } = translate(message);
      // PostgreSQL refuses the time, as it would anything an adapter let through by mistake.
      const spoilt = (item: Item): Item =>
        item.outcome === 'fact' ? { ...item, fact: { ...item.fact, statedAt: 'never' } } : item;
      return message.attributes['id'] === 'bad' ? { items: items.map(spoilt), covers } : { items, covers };
    };
    // Without a lease, what failed comes round again at once.
    await drain(hub, { ...defaultLoop, leaseSeconds: 0, translate: failing });
    expect((await hub.status(good?.receipt ?? '')).status).toBe('recorded');
    expect(await hub.status(bad?.receipt ?? '')).toMatchObject({
      status: 'quarantined',
      outcomes: [{ reason: 'not-recordable' }],
    });
  });
});
