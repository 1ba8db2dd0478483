import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { dayInLondon, instantInWords } from '../../libs/kernel/london.js';
import { openInboxes, viewer, type Inboxes } from './inboxes.js';
import { allocated, covered, reported, tellAll, type Told } from './notified.js';

jest.setTimeout(60_000);

const casey = viewer('casey.manager', 'yos', 'case-manager');
const sam = viewer('sam.worker', 'yos', 'case-manager');
const terry = viewer('terry.lead', 'yos', 'team-manager');
const hari = viewer('hari.head', 'yos', 'head-of-service');
const dana = viewer('dana.duty', 'yos', 'duty-officer');
const robin = viewer('robin.social', 'social-care', 'social-worker');
const tess = viewer('tess.team', 'social-care', 'team-manager');

describe('the duty rota', () => {
  let inboxes: Inboxes;
  beforeAll(async () => {
    inboxes = await openInboxes();
    // Whom the rota can name: they have opened today's sheet, or hold a case.
    for (const one of [casey, sam, dana]) await inboxes.page(one, '/today');
    // What is for social care is somebody's there, also in the service's office hours.
    await inboxes.page(robin);
  }, 60_000);
  afterAll(async () => inboxes.close());

  /** From so many minutes ahead until so many: as a team manager types it, in whole minutes. */
  const turn = (from: number, until: number, worker = 'casey.manager'): Record<string, string> => {
    const typed = (minutes: number): [string, string] => {
      const at = inboxes.ago(-minutes);
      const [year, month, day] = dayInLondon(at).split('-');
      return [`${day}/${month}/${year}`, instantInWords(at).slice(-5)];
    };
    const [[fromDay, fromTime], [untilDay, untilTime]] = [typed(from), typed(until)];
    return { worker, team: 'Duty team', fromDay, fromTime, untilDay, untilTime };
  };
  /** A child whom nobody has identified: social care has said that they have it, and the duty officer has not. */
  const report = async (child: Told, ref: string): Promise<void> => {
    await tellAll(inboxes.hub, reported(child, ref, inboxes.ago(1), { unknown: true }));
    const threads = [...(await inboxes.page(robin)).matchAll(/\/inbox\/([0-9a-f-]{36})\/acknowledge/g)];
    for (const [, thread] of threads) await inboxes.post(robin, `/inbox/${thread}/acknowledge`, {});
  };
  const add = async (fields: Record<string, string>): Promise<void> => {
    expect(await inboxes.post(terry, '/rota', fields)).toMatchObject({ status: 303, location: '/rota?done=added' });
  };
  const changes = async (): Promise<string[]> =>
    [...(await inboxes.page(terry, '/rota')).matchAll(/\/rota\/([0-9a-f-]{36})\/change/g)].map(([, id]) => id!);
  const takeOff = async (): Promise<void> => {
    for (const id of await changes()) expect((await inboxes.post(terry, `/rota/${id}/remove`, {})).status).toBe(303);
  };

  it('is the service’s: read by its staff, recorded by its team manager, and nobody else’s', async () => {
    for (const one of [casey, dana, hari]) {
      expect(await inboxes.page(one, '/rota')).toMatch(/No rota is kept yet/);
      expect((await inboxes.post(one, '/rota', turn(-5, 60))).status).toBe(403);
    }
    await expect(inboxes.page(tess, '/rota')).rejects.toThrow('403');
    expect((await inboxes.post(tess, '/rota', turn(-5, 60))).status).toBe(403);
    const { rows } = await inboxes.hub.database.query('select from duty_rota');
    expect(rows).toEqual([]);
  });

  it('says beside the field what is wrong with what was typed, and keeps it', async () => {
    const wrong: [Record<string, string>, RegExp][] = [
      [{ worker: 'nobody.here' }, /Choose who is on duty/],
      [{ team: ' ' }, /Enter the team that answers/],
      [{ team: 'x'.repeat(61) }, /Use 60 characters or fewer/],
      [{ fromDay: '31/2/2030' }, /Enter a real date/],
      [{ untilTime: '25:00' }, /Enter a time/],
      [turn(60, 60), /It has to end after it begins/],
      [turn(-60, -30), /It has to end after now/],
      [turn(0, 60 * 24 * 40), /It has to end within 31 days/],
    ];
    for (const [fields, says] of wrong) {
      const { status, text } = await inboxes.post(terry, '/rota', { ...turn(-5, 60), ...fields });
      expect([status, says.exec(text)?.length]).toEqual([400, 1]);
      expect(text).toContain('There is a problem');
    }
    expect((await inboxes.post(terry, '/rota', { worker: 'casey.manager' })).text).toMatch(
      /<option value="casey\.manager" selected/,
    );
    expect((await inboxes.hub.database.query('select from duty_rota')).rows).toEqual([]);
  });

  it('tells whoever is on it what is for the duty officer, while they are on it, and the team manager in a gap', async () => {
    const child: Told = { who: 1, familyName: 'Alderley' };
    // Somebody reads there: otherwise it would be the team manager's too, in office hours.
    await inboxes.page(dana);
    await report(child, 'R1');
    for (const one of [casey, sam, terry]) expect(await inboxes.page(one)).not.toContain('Alderley');
    expect(await inboxes.page(dana)).toContain('Alderley');

    await add(turn(-5, 60));
    expect(await inboxes.page(casey)).toMatch(/Alderley.*May concern your child/s);
    expect(await inboxes.waiting(casey)).toBe('1');
    expect(await inboxes.page(casey, '/today')).toMatch(/On duty by the rota: casey\.manager \(Duty team\)/);
    for (const one of [sam, terry, hari]) expect(await inboxes.page(one)).not.toContain('Alderley');

    await takeOff();
    await add(turn(60, 120, 'dana.duty'));
    expect(await inboxes.page(casey)).not.toContain('Alderley');
    expect(await inboxes.page(terry)).toMatch(/Alderley.*nobody is there to read it/s);
    expect(await inboxes.page(hari)).not.toContain('Alderley');
    expect(await inboxes.page(terry, '/rota')).toMatch(
      /Nobody is on duty now.*Nobody is on duty<\/strong> from now to .*dana\.duty.*Nobody is on duty<\/strong> from /s,
    );
    expect(await inboxes.page(terry, '/today')).toMatch(/Nobody is on duty: what is for the duty officer/);
    await takeOff();
  });

  it('goes to the team manager too while the one on duty is away, their cases covered', async () => {
    const [own, other]: Told[] = [
      { who: 2, familyName: 'Birchall' },
      { who: 3, familyName: 'Cedarwell' },
    ];
    await tellAll(inboxes.hub, allocated(own!, 'casey.manager', inboxes.ago(60 * 24 * 30)));
    await add(turn(-5, 60 * 24));
    await report(other!, 'R2');
    expect(await inboxes.page(terry)).not.toContain('Cedarwell');
    await tellAll(inboxes.hub, covered(own!, 'sam.worker', inboxes.ago(60 * 24), '2098-05-20T00:00:00Z'));
    expect(await inboxes.page(terry)).toMatch(/Cedarwell.*nobody is there to read it/s);
    expect(await inboxes.page(casey)).toContain('Cedarwell');
    expect(await inboxes.page(terry, '/rota')).toMatch(/who is on the rota is away.*Away: cases are covered/s);
    // Sam is there: nobody needs the manager.
    await add(turn(-5, 60 * 24, 'sam.worker'));
    expect(await inboxes.page(sam)).toContain('Cedarwell');
    expect(await inboxes.page(terry)).not.toContain('Cedarwell');
    await takeOff();
  });

  it('has what is sent twice once, changes an entry once, and keeps what was said', async () => {
    const [first, other] = [turn(-5, 60), turn(-5, 90, 'sam.worker')];
    await Promise.all([add(first), add(first)]);
    const [id, ...more] = await changes();
    expect(more).toEqual([]);
    expect(await inboxes.page(terry, `/rota/${id}/change`)).toContain('value="Duty team"');
    expect((await inboxes.post(terry, `/rota/${id}/change`, { ...other, team: '' })).status).toBe(400);
    const both = await Promise.all([
      inboxes.post(terry, `/rota/${id}/change`, other),
      inboxes.post(terry, `/rota/${id}/remove`, {}),
    ]);
    const did = both.map(({ status, location }) => (status === 404 ? 'too late' : location.split('=')[1]));
    expect(did.filter((one) => one === 'changed' || one === 'removed')).toHaveLength(1);
    expect(await changes()).toHaveLength(did.includes('changed') ? 1 : 0);
    expect((await inboxes.post(terry, `/rota/${id}/remove`, {})).status).toBe(404);
    for (const one of [casey, dana]) expect((await inboxes.post(one, `/rota/${id}/remove`, {})).status).toBe(403);
    const { rows } = await inboxes.hub.database.query<{ by: string; gone: boolean }>(
      'select recorded_by as by, removed_at is not null as gone from duty_rota where id = $1',
      [id],
    );
    expect(rows).toEqual([{ by: 'terry.lead', gone: true }]);
    await takeOff();
  });

  it('goes to the head of service too, once nobody has acknowledged it in a gap', async () => {
    await report({ who: 4, familyName: 'Damsonby' }, 'R3');
    await add(turn(60, 120));
    expect(await inboxes.page(terry)).toContain('Damsonby');
    expect(await inboxes.page(hari)).not.toContain('Damsonby');
    inboxes.pass(16);
    expect(await inboxes.page(hari)).toMatch(/Damsonby.*duty officer: nobody is there to read it/s);
    expect(Number(await inboxes.waiting(hari))).toBeGreaterThan(0);
    await takeOff();
    await add(turn(-5, 60, 'sam.worker'));
    expect(await inboxes.page(hari)).not.toContain('Damsonby');
    expect(await inboxes.page(sam)).toContain('Damsonby');
  });

  it('is in the audit: who read it, and who said what', async () => {
    const { rows } = await inboxes.hub.database.query<{ what: string; who: string; outcome: string }>(
      `select distinct what, who, outcome from audit where what like 'rota.%' order by 1, 2`,
    );
    expect(rows.filter(({ outcome }) => outcome === 'done')).toEqual([
      { what: 'rota.add', who: 'terry.lead', outcome: 'done' },
      expect.objectContaining({ what: expect.stringMatching(/rota\.(change|remove)/), who: 'terry.lead' }),
      ...(rows.some(({ what }) => what === 'rota.change')
        ? [{ what: 'rota.remove', who: 'terry.lead', outcome: 'done' }]
        : []),
    ]);
    expect(rows).toContainEqual({ what: 'rota.read', who: 'casey.manager', outcome: 'shown' });
  });
});
