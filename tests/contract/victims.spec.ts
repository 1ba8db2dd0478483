import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { drain } from '../../apps/worker/worker.loop.js';
import { policy } from '../../libs/disclosure/policy.js';
import type { Viewer } from '../../libs/disclosure/terms.js';
import { calendarOf } from '../../libs/simulations/childhood/calendar.js';
import { castOf } from '../../libs/simulations/childhood/people.js';
import { recordsExport, recordsTable, type SimulatedRecord } from '../../libs/simulations/case-records.js';
import type { Telling } from '../../libs/simulations/telling.js';
import { factsShown } from '../../libs/testing/hub/shown.js';
import { apiReader } from '../acceptance/api-reader.js';
import { openPortal, type PortalServer } from '../acceptance/portal-server.js';

/** Everybody whom the policy lets look for a purpose they may state, and who is of another agency than the victim officer. */
const others = policy.flatMap(
  ({ agency, role, purposes }) =>
  agency === 'yos'
    ? []
    : purposes
        .filter((purpose) => purpose !== 'emergency')
        .map((purpose) => ({ purpose, viewer: { who: role === 'system' ? agency : `some.${role}`, agency, roles: [role] } })), // prettier-ignore
);
const terry: Viewer = { who: 'terry.lead', agency: 'yos', roles: ['team-manager'] };

describe('a victim', () => {
  let portal: PortalServer;
  let kit: string;
  beforeAll(async () => {
    portal = await openPortal();
    kit = await portal.childOf('court', 'court');
  }, 60_000);
  afterAll(async () => portal.close());

  const now = new Date().toISOString();
  const { pncId = '' } = castOf(calendarOf(now)).kit;
  // A system may export more than it was asked for: who the victim is, and what they said.
  const victim = { victimRef: 'V-77881', victimName: 'Harper Quillfeather', victimAddress: '1 Lantern Row' };
  const contact: SimulatedRecord = {
    kind: 'victim-contact',
    caseRef: 'CV-2041',
    pncId,
    happenedAt: now,
    contactRef: 'VC-77881',
    contactType: 'offered',
    contactedOn: now.slice(0, 10),
    notes: 'Harper is afraid of a release',
    ...victim,
  };
  const anybody = /Quillfeather|Harper|Lantern|V-77881|VC-77881|Victim contact/;
  const tell = async (body: string): Promise<void> => {
    const telling: Telling = { system: 'yos', door: 'native', format: 'yos.case-records', headers: {}, body };
    await portal.hub.keep(telling);
    await drain(portal.hub);
    await portal.hub.projections.settled();
  };
  const answers = async () => {
    const read = others.map(async ({ viewer, purpose }) => {
      const headers = { 'hub-purpose': purpose };
      const [timeline, search] = await Promise.all([
        apiReader(portal).get(viewer, `/${kit}/timeline`, headers),
        apiReader(portal).get(viewer, '?q=Quillfeather', headers),
      ]);
      // Each refusal has an id of its own.
      const shown = (await timeline.text()).replace(/"correlationId":"[^"]*"/, '');
      return `${viewer.who} ${purpose} ${timeline.status} ${shown} ${await search.text()}`;
    });
    return Promise.all(read);
  };

  it('changes nothing of what anybody of another agency is shown, finds or is told is withheld', async () => {
    const before = await answers();
    expect(before.filter((answer) => answer.includes(' 200 ')).length).toBeGreaterThan(5);
    await tell(recordsExport([contact], now));
    await tell(recordsTable([{ ...contact, contactRef: 'VC-77882' }]));
    expect(await answers()).toEqual(before);
    expect(before.join()).not.toMatch(anybody);
  });

  it('is in the hub by what was done and never by who it is, on the child’s own record', async () => {
    const facts = (await factsShown(portal.hub)).filter(({ type }) => type === 'hub.yos.v1.VictimContactRecorded');
    expect(facts.map(({ record }) => record)).toEqual(['yos CV-2041', 'yos CV-2041']);
    expect(JSON.stringify(facts)).not.toMatch(/Quillfeather|Harper|Lantern/);
    const shown = (await apiReader(portal).all(terry, kit)).flatMap(({ entries }) => entries);
    const entries = shown.filter(({ title }) => title === 'Victim contact');
    expect(entries.map(({ lines }) => lines.map(({ label }) => label))).toContainEqual(['What was done', 'On']);
    expect(JSON.stringify(entries)).not.toMatch(/77881|77882|Quillfeather|Harper|Lantern/);
  });

  it('is no record: one that has the victim’s reference for the child’s goes to a person, who reads no name', async () => {
    const swapped = { ...contact, caseRef: victim.victimRef, contactRef: 'VC-77883' };
    const body = recordsExport([swapped], now);
    const [kept] = await portal.hub.keep({
      system: 'yos',
      door: 'native',
      format: 'yos.case-records',
      headers: {},
      body,
    });
    await drain(portal.hub);
    const receipt = await portal.hub.status(kept?.receipt ?? '');
    expect(receipt).toMatchObject({ status: 'quarantined' });
    expect(JSON.stringify(receipt)).toContain('victim-as-record');
    expect(JSON.stringify(receipt)).not.toMatch(/77881|Quillfeather|Harper/);
  });

  it('has no name in the contract: what is written for a reference and is none breaks it', async () => {
    const named = { ...contact, contactRef: 'VC-77884', victimRef: 'Harper Quillfeather' };
    const body = recordsExport([named], now);
    const [kept] = await portal.hub.keep({
      system: 'yos',
      door: 'native',
      format: 'yos.case-records',
      headers: {},
      body,
    });
    await drain(portal.hub);
    const receipt = await portal.hub.status(kept?.receipt ?? '');
    expect(receipt).toMatchObject({ status: 'quarantined' });
    expect(JSON.stringify(receipt)).not.toMatch(/Quillfeather|Harper/);
  });
});
