import { describe, expect, it } from '@jest/globals';
import { MissingReportCancelledSchema } from '../../contracts/gen/hub/police/v1/missing_pb.js';
import {
  MissingReported_RiskGrade as Risk,
  MissingReportedSchema,
} from '../../contracts/gen/hub/police/v1/police_pb.js';
import {
  ChildReturned_ReturnedTo as CareTo,
  ChildReturnedSchema as CareReturnedSchema,
  MissingReportedSchema as CareMissingSchema,
} from '../../contracts/gen/hub/social_care/v1/missing_pb.js';
import { PlacementNoticeSentSchema } from '../../contracts/gen/hub/social_care/v1/safeguarding_pb.js';
import {
  MissingEpisodeRecorded_Kind as Kind,
  PlacementRecordedSchema,
} from '../../contracts/gen/hub/social_care/v1/social_care_pb.js';
import { CaseAllocatedSchema } from '../../contracts/gen/hub/yos/v1/yos_pb.js';
import { loadRulebook } from '../../duties/rulebook/load-rulebook.js';
import { readRulebook } from '../../duties/rulebook/rulebook-file.js';
import { rulesOf } from '../../duties/rulebook/rules.js';
import { derived, fact } from '../../testing/reactions/given.js';
import { open, looked, report, found, of, care } from '../../testing/safeguarding/a-night.js';
import { missing } from './missing.js';

describe('A1: reported missing', () => {
  it('tells the authority and whoever holds the case, urgently, and asks for no interview yet', () => {
    const { duties, notices } = of([open, looked, report('MR-1', '2026-05-01T21:40:00Z')], '2026-05-01T21:41:00Z');
    expect(duties).toEqual([]);
    expect(notices).toEqual([
      'missing-reported social-care/social-worker@E08000026 urgent',
      'missing-reported yos/named-case-manager urgent',
    ]);
  });

  it('tells nobody at the service of a child that is nobody’s case', () => {
    const { notices } = of([looked, report('MR-1', '2026-05-01T21:40:00Z')], '2026-05-01T21:41:00Z');
    expect(notices).toEqual(['missing-reported social-care/social-worker@E08000026 urgent']);
  });

  it.each([
    ['no apparent risk', Risk.NO_APPARENT_RISK, 'digest'],
    ['a historic absence', Risk.ABSENT, 'digest'],
    ['low', Risk.LOW, 'ordinary'],
    ['medium', Risk.MEDIUM, 'urgent'],
    ['high', Risk.HIGH, 'urgent'],
    ['no grade yet', Risk.UNSPECIFIED, 'urgent'],
  ])('graded %s', (_, risk, urgency) => {
    const facts = [looked, report('MR-1', '2026-05-01T21:40:00Z', risk), found('MR-1', '2026-05-01T22:40:00Z')];
    expect(of(facts, '2026-05-01T22:41:00Z').notices).toEqual([
      `missing-found social-care/social-worker@E08000026 ${urgency === 'digest' ? 'digest' : 'ordinary'}`,
      `missing-reported social-care/social-worker@E08000026 ${urgency}`,
    ]);
  });

  it('an area decides what waits for the digest, also medium, and never what is high', () => {
    const area = (digest: readonly string[]) =>
      rulesOf(
        readRulebook(JSON.parse(JSON.stringify(loadRulebook(undefined).book)), {
          areas: [{ rule: 'A1', area: 'E08000026', authority: 'local', effectiveFrom: '2020-01-01', digest }],
        }),
        'own',
      );
    const urgencyIn = (digest: readonly string[], risk: Risk) =>
      derived(missing, [looked, report('MR-1', '2026-05-01T21:40:00Z', risk)], area(digest), '2026-05-01T21:41:00Z')
        .notices;
    expect(urgencyIn(['low', 'medium'], Risk.MEDIUM)).toEqual([
      'missing-reported social-care/social-worker@E08000026 digest',
    ]);
    expect(urgencyIn([], Risk.LOW)).toEqual(['missing-reported social-care/social-worker@E08000026 ordinary']);
    expect(() => area(['high'])).toThrow(/digest/);
  });

  it('found in custody, what is to be decided does not wait, whatever the grade', () => {
    const facts = [
      ...[looked, report('MR-1', '2026-05-01T21:40:00Z', Risk.NO_APPARENT_RISK)],
      found('MR-1', '2026-05-01T22:40:00Z', 'police-custody'),
    ];
    expect(of(facts, '2026-05-01T22:41:00Z').notices).toContain(
      'missing-found-in-custody social-care/social-worker@E08000026 ordinary',
    );
  });

  it('tells again when the risk is graded up to high', () => {
    const raised = fact(
      MissingReportedSchema,
      '2026-05-01T21:40:00Z',
      { reportReference: 'MR-1', risk: Risk.HIGH, force: '20' },
      { corrected: true },
    );
    const { notices } = of([open, looked, raised], '2026-05-01T23:00:00Z');
    expect(notices.filter((one) => one.startsWith('missing-regraded-high'))).toHaveLength(2);
  });

  it('of a child nobody has identified tells the duty officer, and whoever holds a case that it may be', () => {
    const child = { id: 'p', provisional: true, possible: ['twin-one', 'twin-two'] };
    const { notices } = of([report('MR-1', '2026-05-01T21:40:00Z', Risk.HIGH)], '2026-05-01T21:41:00Z', child);
    expect(notices).toEqual([
      'missing-reported social-care/social-worker urgent possible',
      'missing-reported yos/duty-officer urgent possible',
      'missing-reported yos/named-case-manager of twin-one urgent possible',
      'missing-reported yos/named-case-manager of twin-two urgent possible',
    ]);
  });

  it('says nothing of what was long past when it came, or was brought as history', () => {
    const late = fact(
      MissingReportedSchema,
      '2026-03-01T21:40:00Z',
      { reportReference: 'MR-1' },
      { received: '2026-05-01T09:00:00Z' },
    );
    const brought = fact(MissingReportedSchema, '2026-05-01T21:40:00Z', { reportReference: 'MR-2' }, { history: true });
    expect(of([open, late], '2026-05-01T09:00:00Z')).toMatchObject({ duties: [], notices: [] });
    expect(of([open, brought], '2026-05-01T21:41:00Z')).toMatchObject({ duties: [], notices: [] });
  });

  it('still tells of a child who has been missing for a week, when the case is allocated only then', () => {
    const allocated = fact(CaseAllocatedSchema, '2026-05-08T09:00:00Z', { worker: 'casey.manager' });
    const { notices } = of([report('MR-1', '2026-05-01T21:40:00Z'), allocated], '2026-05-08T09:01:00Z');
    expect(notices).toContain('missing-reported yos/named-case-manager urgent');
  });

  it('that was an error is no episode', () => {
    const cancelled = fact(MissingReportCancelledSchema, '2026-05-01T22:00:00Z', {
      reportReference: 'MR-1',
      reason: 'at school',
    });
    expect(
      of([open, looked, report('MR-1', '2026-05-01T21:40:00Z'), cancelled], '2026-05-01T22:01:00Z').notices,
    ).toEqual([]);
  });
});

describe('A7 to A9: in care, out of area', () => {
  const derby = fact(PlacementRecordedSchema, '2026-04-01', {
    startedOn: '2026-04-01',
    kind: 'childrens-home',
    area: 'Derby',
    outOfArea: true,
    emergency: true,
  });

  it('away without authorisation stays apart: told, without hurry, and no interview is due', () => {
    const away = fact(CareMissingSchema, '2026-05-01T23:00:00Z', {
      reportReference: 'A-1',
      kind: Kind.AWAY_WITHOUT_AUTHORISATION,
    });
    const returned = fact(CareReturnedSchema, '2026-05-02T01:00:00Z', {
      reportReference: 'A-1',
      returnedTo: CareTo.CARE_SETTING,
    });
    const { duties, notices } = of([open, looked, away, returned], '2026-05-02T02:00:00Z');
    expect(duties).toEqual([]);
    expect(notices).toContain('away-without-authorisation yos/named-case-manager ordinary');
  });

  it('a placement out of area asks for notice to the authority there: five working days in an emergency, before it otherwise', () => {
    const at = '2026-04-02T09:00:00Z';
    expect(of([looked, derby], at).duties).toEqual([`placement-notice ${care} open 2026-04-10T22:59`]);
    const planned = fact(PlacementRecordedSchema, '2026-04-01', {
      startedOn: '2026-04-01',
      kind: 'foster-carer',
      area: 'Derby',
      outOfArea: true,
    });
    expect(of([looked, planned], at).duties).toEqual([`placement-notice ${care} late 2026-04-01T22:59`]);
    // On the day itself nobody can say that it is not before the placement.
    expect(of([looked, planned], '2026-04-01T20:00:00Z').duties).toEqual([
      `placement-notice ${care} open 2026-04-01T22:59`,
    ]);
    const sent = fact(PlacementNoticeSentSchema, '2026-04-01T10:00:00Z', {
      placementStartedOn: '2026-04-01',
      authority: 'Derby',
    });
    expect(of([looked, derby, sent], at).duties).toEqual([`placement-notice ${care} met 2026-04-10T22:59`]);
  });

  it('a child placed out of area is told of to both authorities and both forces', () => {
    const { notices } = of(
      [open, looked, derby, report('MR-1', '2026-05-01T23:20:00Z', Risk.HIGH)],
      '2026-05-01T23:21:00Z',
    );
    expect(notices.filter((one) => one.startsWith('missing'))).toEqual([
      'missing-reported police/officer@20 urgent',
      'missing-reported police/officer@30 urgent',
      'missing-reported social-care/social-worker@E06000015 urgent',
      'missing-reported social-care/social-worker@E08000026 urgent',
      'missing-reported yos/named-case-manager urgent',
    ]);
  });
});
