import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openTestHub, type TestHub } from '../../../libs/testing/hub/hub.js';
import { linksShown } from '../../../libs/testing/hub/shown.js';
import { testNhsNumber } from '../../../libs/simulations/people.js';
import type { Telling } from '../../../libs/simulations/telling.js';
import { reactingChildren } from '../../../libs/platform/reactions/children.js';
import { defaultLoop, drain } from '../worker.loop.js';
import { linkByHand, LinkRefused, unlinkByHand } from './by-hand.js';

const number = testNhsNumber(516);
const decision = { who: 'operator:test', reason: 'the school telephoned' };

/** A message by which a system says who its record is about. */
function about(
  system: 'police' | 'yos' | 'probation',
  subject: string,
  person: object,
  id = `${system} ${subject}`,
): Telling {
  const types = {
    police: ['hub.police.v1.Arrested', { custodyNumber: id }],
    yos: ['hub.yos.v1.CaseAllocated', { worker: 'casey.manager' }],
    probation: ['hub.probation.v1.OfficerAllocated', { officerId: 'P1' }],
  } as const;
  const [type, data] = types[system];
  return {
    system,
    door: 'events',
    event: {
      specversion: '1.0',
      id,
      source: system,
      type,
      subject,
      time: '2026-03-01T10:00:00Z',
      datacontenttype: 'application/json',
      data: { ...data, person: { ...person } },
    },
  };
}

describe('which child a record belongs to', () => {
  let hub: TestHub;
  beforeEach(async () => {
    hub = await openTestHub();
  });
  afterEach(async () => {
    await hub.close();
  });
  const send = async (...tellings: Telling[]) => {
    await hub.keep(...tellings);
    await drain(hub);
  };
  const born = (birthDate: string, nhsNumber: string = number) => ({ birthDate, nhsNumber });

  it('one child when two systems state one NHS number', async () => {
    await send(about('police', 'a', born('2010-05-01')), about('yos', 'b', born('2010-05-01')));
    expect(await linksShown(hub)).toEqual([['police a', 'yos b']]);
  });

  it('nobody is linked by a placeholder that passes the checksum', async () => {
    for (const placeholder of ['0000000000', '1111111111', '9999999999']) {
      await send(
        about('police', placeholder, born('2010-05-01', placeholder)),
        about('yos', placeholder, born('2010-05-01', placeholder)),
      );
    }
    expect(await linksShown(hub)).toHaveLength(6);
  });

  it('a contradicted number links nobody, and takes back what it had linked', async () => {
    await send(about('police', 'a', born('2010-05-01')), about('yos', 'b', { nhsNumber: number }));
    expect(await linksShown(hub)).toHaveLength(1);
    await send(about('probation', 'c', born('2012-09-09')));
    expect(await linksShown(hub)).toEqual([['police a'], ['probation c'], ['yos b']]);
    const { rows } = await hub.database.query(
      'select distinct k.provisional from children k join links l on l.child = k.id and l.known_to = $1',
      ['infinity'],
    );
    expect(rows).toEqual([{ provisional: true }]);
  });

  describe('a twin’s number, typed by mistake', () => {
    const rowan = { ...born('2010-05-01'), givenNames: 'Rowan', familyName: 'Ashmere' };
    const reed = { ...rowan, givenNames: 'Reed' };
    const provisional = async () => {
      const { rows } = await hub.database.query<{ system: string; provisional: boolean }>(
        `select distinct r.system, k.provisional from records r join links l on l.record = r.stream and l.known_to = 'infinity'
           join children k on k.id = l.child order by r.system`,
      );
      return Object.fromEntries(rows.map(({ system, provisional: is }) => [system, is]));
    };

    it.each([
      ['last', [about('yos', 'a', rowan), about('probation', 'b', rowan), about('police', 'c', reed)]],
      ['first', [about('police', 'c', reed), about('probation', 'b', rowan), about('yos', 'a', rowan)]],
    ])('waits for a person, come %s, and takes nothing from the other, of whom two say the same', async (_, all) => {
      for (const one of all) await send(one);
      expect(await linksShown(hub)).toEqual([['police c'], ['probation b', 'yos a']]);
      expect(await provisional()).toEqual({ police: true, probation: false, yos: false });
      const twin = (await liveLink('police'))[1];
      const possible = (await reactingChildren(hub.database, [twin])).map((child) => child.possible);
      expect(possible).toEqual([[(await liveLink('yos'))[1]]]);
    });

    it('leaves both in doubt where each is said once, and each may be the other, until a person decides', async () => {
      await send(about('yos', 'a', rowan), about('police', 'c', reed));
      expect(await provisional()).toEqual({ police: true, yos: true });
      const [[record, twin], [, child]] = [await liveLink('police'), await liveLink('yos')];
      expect((await reactingChildren(hub.database, [twin]))[0]?.possible).toEqual([child]);
      await linkByHand(hub.database, record, child, decision);
      expect(await provisional()).toEqual({ police: false, yos: false });
      // And stays so, whatever is said again.
      await send(about('yos', 'a', { ...rowan, familyName: 'Ferriby' }, 'later'));
      expect(await provisional()).toEqual({ police: false, yos: false });
      await unlinkByHand(hub.database, record, child, decision);
      expect(await provisional()).toEqual({ police: true, yos: false });
    });

    it('that is one name spelt otherwise, shortened or not said links as before', async () => {
      const robert = { ...rowan, givenNames: 'Robert James' };
      await send(about('yos', 'a', robert), about('police', 'b', { ...robert, givenNames: 'Rob' }));
      await send(about('probation', 'c', born('2010-05-01')));
      expect(await linksShown(hub)).toEqual([['police b', 'probation c', 'yos a']]);
    });
  });

  it('two numbers of which a person has one, said at one time, link nobody', async () => {
    const two = { ...born('2010-05-01'), givenNames: 'Rowan' };
    await send(about('yos', 'a', two), about('probation', 'd', { ...two, nhsNumber: testNhsNumber(617) }));
    await send(
      about('police', 'b', two, 'one'),
      about('police', 'b', { ...two, nhsNumber: testNhsNumber(617) }, 'two'),
    );
    expect(await linksShown(hub)).toEqual([['police b'], ['probation d'], ['yos a']]);
    const [[, unsure], [, a], [, d]] = [await liveLink('police'), await liveLink('yos'), await liveLink('probation')];
    const [asked] = await reactingChildren(hub.database, [unsure]);
    expect(asked).toMatchObject({ provisional: true, possible: [a, d].sort() });
  });

  it('a source that corrects the number is linked anew', async () => {
    await send(about('police', 'a', born('2010-05-01')), about('yos', 'b', born('2010-05-01')));
    const corrected = about('yos', 'b', born('2010-05-01', testNhsNumber(617)), 'correction');
    await send({
      ...corrected,
      event: { ...('event' in corrected ? corrected.event : never()), time: '2026-03-02T10:00:00Z' },
    } as Telling);
    expect(await linksShown(hub)).toEqual([['police a'], ['yos b']]);
  });

  it('one child when many workers meet it at once', async () => {
    const tellings = Array.from({ length: 40 }, (_, at) =>
      about(
        'police',
        `n${at % 20}`,
        { birthDate: '2010-05-01', nhsNumber: testNhsNumber(701 + (at % 2) * 11) },
        `m${at}`,
      ),
    );
    const yos = [
      about('yos', 'y0', born('2010-05-01', testNhsNumber(701))),
      about('yos', 'y1', born('2010-05-01', testNhsNumber(712))),
    ];
    await hub.keep(...tellings.slice(0, 4), ...yos);
    await Promise.all(Array.from({ length: 4 }, () => drain(hub, { ...defaultLoop, batch: 2 })));
    expect(await linksShown(hub)).toEqual([
      ['police n0', 'police n2', 'yos y0'],
      ['police n1', 'police n3', 'yos y1'],
    ]);
  });

  it('a person links and unlinks; rules leave both alone, and what is live equals a rebuild', async () => {
    await send(
      about('police', 'a', born('2010-05-01')),
      about('yos', 'b', born('2010-05-01')),
      about('probation', 'c', {}),
    );
    const [record, child] = await liveLink('probation');
    const [, target] = await liveLink('police');
    await linkByHand(hub.database, record, target, decision);
    expect(await linksShown(hub)).toEqual([['police a', 'probation c', 'yos b']]);

    const [yosRecord] = await liveLink('yos');
    const own = await unlinkByHand(hub.database, yosRecord, target, decision);
    expect(await linksShown(hub)).toEqual([['police a', 'probation c'], ['yos b']]);
    await send(
      about('police', 'a', born('2010-05-01'), 'says it again'),
      about('yos', 'b', { ...born('2010-05-01'), givenNames: 'Ash' }, 'and so does this'),
    );
    expect(await linksShown(hub)).toEqual([['police a', 'probation c'], ['yos b']]);

    await expect(unlinkByHand(hub.database, yosRecord, target, decision)).rejects.toThrow(LinkRefused);
    await expect(linkByHand(hub.database, record, crypto.randomUUID(), decision)).rejects.toThrow('there is no child');

    await follow();
    const live = await timelines();
    await hub.projections.rebuild('timeline');
    expect(await timelines()).toEqual(live);
    expect([...live.keys()].sort()).toEqual([target, own].sort());
    expect(live.has(child)).toBe(false);
  });

  it('set apart by hand, a record no longer keeps apart the others that claim its number', async () => {
    await send(about('police', 'a', born('2010-05-01')), about('yos', 'b', born('2010-05-01')));
    await send(about('probation', 'c', born('2011-06-02')));
    expect(await linksShown(hub)).toEqual([['police a'], ['probation c'], ['yos b']]);
    const [record, child] = await liveLink('probation');
    await unlinkByHand(hub.database, record, child, decision);
    expect(await linksShown(hub)).toEqual([['police a', 'yos b'], ['probation c']]);
  });

  it('says since when a link was believed, and until when', async () => {
    await send(about('police', 'a', born('2010-05-01')), about('yos', 'b', born('2010-05-01')));
    const [record, child] = await liveLink('yos');
    await unlinkByHand(hub.database, record, child, decision);
    const { rows } = await hub.database.query<{ method: string; known_from: string; known_to: string }>(
      'select method, known_from, known_to from links where record = $1 order by known_from',
      [record],
    );
    expect(rows.map((row) => row.method)).toEqual(['exact', 'apart']);
    expect(rows[0]?.known_to).toBe(rows[1]?.known_from);
    expect(rows[1]?.known_to).toBe('infinity');
  });

  async function liveLink(system: string): Promise<[string, string]> {
    const { rows } = await hub.database.query<{ record: string; child: string }>(
      `select l.record, l.child from links l join records r on r.stream = l.record where r.system = $1 and l.known_to = 'infinity'`,
      [system],
    );
    return [rows[0]?.record ?? '', rows[0]?.child ?? ''];
  }

  async function follow(): Promise<void> {
    const stop = new AbortController();
    const running = hub.projections.run(stop.signal);
    await hub.projections.settled();
    stop.abort();
    await running;
  }

  async function timelines(): Promise<Map<string, string[]>> {
    const { rows } = await hub.database.query<{ child: string; key: string }>(
      `select l.child, t.key::text || t.superseded_at::text || t.withdrawn_at::text as key from timeline t
         join links l on l.record = t.record and l.known_to = 'infinity' order by t.position`,
    );
    return new Map([...Map.groupBy(rows, (row) => row.child)].map(([child, of]) => [child, of.map((row) => row.key)]));
  }
});

function never(): never {
  throw new Error('not an event');
}
