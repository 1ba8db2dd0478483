import { describe, expect, it } from '@jest/globals';
import { decode } from '../../../contracts/catalogue.js';
import type { Message } from '../../../kernel/fact.js';
import { fhirBundle, fhirResource, type SimulatedResource } from '../../../simulations/fhir-resource.js';
import { testNhsNumber } from '../../../simulations/people.js';
import { healthMessage } from '../../../testing/generated/health.js';
import { factsIn } from '../../../testing/translation/facts-in.js';
import { withValue } from '../../../testing/translation/with-value.js';
import { translate } from '../../registry.js';

const kit = { nhsNumber: testNhsNumber(303), givenName: 'Kit', familyName: 'Fennimoor', birthDate: '2010-05-06' };
const updated = '2026-02-10T08:00:00Z';
const score: SimulatedResource = { kind: 'score', id: 'O-1', updated, scale: 'sdq-parent', total: 19, at: '2026-02-09T10:00:00Z', parts: [['Emotional symptoms', 6]] }; // prettier-ignore
const episode: SimulatedResource = { kind: 'episode', id: 'E-1', updated, service: 'camhs', since: '2026-02-01', until: '2026-02-08', referral: 'R-1' }; // prettier-ignore
const told = (body: unknown, change: Partial<Message> = {}) => translate(healthMessage(body, change));
const facts = (body: unknown) => factsIn(told(body));
const of = (...resources: SimulatedResource[]) => fhirBundle(resources, kit);
const said = (body: unknown) => facts(body).map(({ type, data }) => [type.replace('hub.health.v1.', ''), decode(type, data)]); // prettier-ignore
const outcomes = (body: unknown) =>
  told(body).items.map((item) => [item.outcome, 'reason' in item && typeof item.reason === 'object' ? item.reason.code : '', 'pointer' in item ? item.pointer : undefined]); // prettier-ignore
const person = { givenNames: 'Kit', familyName: 'Fennimoor', birthDate: '2010-05-06', nhsNumber: kit.nhsNumber };

describe('a score', () => {
  it('says the points, and nothing of what they mean', () => {
    expect(said(of(score))).toEqual([
      [
        'ScoreRecorded',
        {
          scoreReference: 'O-1',
          scale: 'SCALE_SDQ',
          total: 19,
          rater: 'RATER_PARENT',
          parts: [{ label: 'Emotional symptoms', value: '6' }],
          provider: 'Fernhill health',
          person,
        },
      ],
    ]);
  });

  it.each([
    ['http://snomed.info/sct', '718133008', 'SCALE_SDQ'],
    ['http://snomed.info/sct', '717639006', 'SCALE_SDQ'],
    ['urn:youth-justice-hub:rating-scale', 'honosca', 'SCALE_HONOSCA'],
  ])('is known by the code %s %s', (system, code, scale) => {
    const body = withValue(of(score), '/entry/1/resource/code', { coding: [{ system: 'urn:local', code: 'x' }, { system, code }] }); // prettier-ignore
    expect(said(body)).toMatchObject([['ScoreRecorded', { scale }]]);
  });

  it.each([[41], [-1], [1.5]])('of %d points is none', (valueInteger) => {
    expect(outcomes(withValue(of(score), '/entry/1/resource/valueInteger', valueInteger))).toEqual([
      ['quarantined', 'out-of-range', '/entry/1/resource'],
    ]);
  });

  it('never names a clinician as the provider', () => {
    const performer = [{ reference: 'Practitioner/7', display: 'Dr Ash' }];
    expect(said(withValue(of(score), '/entry/1/resource/performer', performer))[0]?.[1]).not.toHaveProperty('provider');
  });
});

describe('an involvement', () => {
  it('says that there is one, from when to when, and not what for', () => {
    const reasoned = withValue(of(episode), '/entry/1/resource/diagnosis', [{ condition: { display: 'Low mood' } }]);
    const about = { involvementReference: 'E-1', referralReference: 'R-1', service: 'HEALTH_SERVICE_CAMHS', provider: 'Fernhill health', person }; // prettier-ignore
    expect(said(reasoned)).toEqual([
      ['InvolvementRecorded', { ...about, milestone: 'MILESTONE_STARTED', on: '2026-02-01' }],
      ['InvolvementRecorded', { ...about, milestone: 'MILESTONE_ENDED', on: '2026-02-08' }],
    ]);
  });

  it('of a substance misuse service is told step by step: how it ended apart from that it did', () => {
    const steps: SimulatedResource[] = [
      { kind: 'referral', id: 'S-1', updated, service: 'substance-misuse', on: '2026-01-05' },
      { kind: 'assessment', id: 'S-2', updated, referral: 'S-1', at: '2026-01-09' },
      { kind: 'episode', id: 'S-3', updated, service: 'substance-misuse', since: '2026-01-12', until: '2026-02-02', referral: 'S-1' }, // prettier-ignore
      { kind: 'exit', id: 'S-4', updated, treatment: 'S-3', at: '2026-02-02', how: 'unplanned' },
    ];
    expect(said(of(...steps))).toMatchObject([
      ['SubstanceMisuseReferred', { referralReference: 'S-1' }],
      ['SubstanceMisuseAssessed', { referralReference: 'S-1' }],
      ['SubstanceMisuseTreatmentStarted', { treatmentReference: 'S-3', referralReference: 'S-1' }],
      ['InvolvementRecorded', { involvementReference: 'S-3', milestone: 'MILESTONE_ENDED', service: 'HEALTH_SERVICE_SUBSTANCE_MISUSE' }], // prettier-ignore
      ['SubstanceMisuseTreatmentEnded', { treatmentReference: 'S-3', exit: 'EXIT_UNPLANNED' }],
    ]);
  });

  it.each([
    ['Treatment completed – drug free', 'EXIT_PLANNED'],
    ['Incomplete – dropped out', 'EXIT_UNPLANNED'],
    ['Transferred – not in custody', 'EXIT_TRANSFERRED'],
  ])('ended in the words %s: %s', (text, exit) => {
    const body = withValue(of({ kind: 'exit', id: 'S-4', updated, treatment: 'S-3', at: '2026-02-02', how: 'planned' }), '/entry/1/resource/hospitalization/dischargeDisposition', { text }); // prettier-ignore
    expect(said(body)).toMatchObject([['SubstanceMisuseTreatmentEnded', { exit }]]);
  });

  it.each([
    ['https://www.datadictionary.nhs.uk/data_elements/service_or_team_type', 'D02', 'HEALTH_SERVICE_LIAISON_AND_DIVERSION'], // prettier-ignore
    ['https://fhir.example/ServiceOrTeamType', 'D01', 'HEALTH_SERVICE_SUBSTANCE_MISUSE'],
    ['https://fhir.example/CodeSystem/TreatmentFunctionCode', '711', 'HEALTH_SERVICE_CAMHS'],
    ['http://snomed.info/sct', '310117003', 'HEALTH_SERVICE_CAMHS'],
  ])('is of the service that %s %s names', (system, code, service) => {
    const body = withValue(of(episode), '/entry/1/resource/type', [{ coding: [{ system, code }] }]);
    expect(said(body).at(-1)).toMatchObject(['InvolvementRecorded', { milestone: 'MILESTONE_ENDED', service }]);
  });
});

describe('a resource stated again', () => {
  it('covers all that it said before: an end that is gone is withdrawn', () => {
    const [started, ended] = facts(of(episode));
    const again = told(of({ kind: 'episode', id: 'E-1', updated: '2026-02-11T08:00:00Z', service: 'camhs', since: '2026-02-01', referral: 'R-1' })); // prettier-ignore
    expect(factsIn(again).map(({ key }) => key)).toEqual([started?.key]);
    expect(again.covers).toEqual([{ scope: ended?.scope, statedAt: '2026-02-11T08:00:00Z' }]);
  });

  it.each([
    ['entered in error', '/entry/1/resource/status', 'entered-in-error', 'entered-in-error'],
    ['only planned', '/entry/1/resource/status', 'planned', 'not-final'],
    ['of a service that the hub does not take up', '/entry/1/resource/type', [{ text: 'Podiatry' }], 'not-taken-up'],
  ])('%s, it withdraws what it said', (_name, pointer, value, code) => {
    const again = told(withValue(of(episode), pointer, value));
    expect(again.items).toMatchObject([{ outcome: 'ignored', reason: { code } }]);
    expect(again.covers).toEqual([{ scope: facts(of(episode))[0]?.scope, statedAt: updated }]);
  });

  it('that cannot be read withdraws nothing', () => {
    const broken = told(withValue(of(episode), '/entry/1/resource/period/end', 'last week'));
    expect(broken).toMatchObject({ items: [{ outcome: 'quarantined', reason: { code: 'wrong-type' } }], covers: [] });
  });

  it('of another patient is another record’s, in the same scope: with the first it is withdrawn', () => {
    const [mine] = facts(of(score));
    const [theirs] = facts(fhirBundle([score], { ...kit, nhsNumber: testNhsNumber(404) }));
    expect(theirs?.scope).toEqual(mine?.scope);
    expect(theirs?.key).not.toEqual(mine?.key);
  });
});

describe('whom it is about', () => {
  it.each([
    ['a child', kit, undefined],
    ['an adult', { ...kit, birthDate: '2001-01-01' }, 'adult'],
    ['a number', { nhsNumber: kit.nhsNumber }, 'not-shown-to-be-a-child'],
    ['a year of birth', { ...kit, birthDate: '2010' }, 'not-shown-to-be-a-child'],
  ])('%s', (_name, patient, code) => {
    expect(facts(fhirBundle([score], patient))[0]?.onlyIfKnown?.code).toBe(code);
  });

  it('an adult by the time it was written down, although it began in childhood', () => {
    const grown = { ...kit, birthDate: '2001-01-01' };
    expect(facts(fhirBundle([{ ...episode, since: '2015-01-01' }], grown))[0]?.onlyIfKnown?.code).toBe('adult');
  });

  it('a number that fails its check has a record of its own: identity links nobody by it', () => {
    expect(facts(fhirResource(score, { nhsNumber: '9991234566' }, false))).toMatchObject([{ record: { key: 'nhs:9991234566' } }]); // prettier-ignore
  });

  it('a patient of the source’s own, without a number, is the source’s record and claims none', () => {
    const body = withValue(of(score), '/entry/0/resource/identifier', [{ system: 'urn:local', value: 'P-7' }]);
    expect(facts(body)[0]?.record).toEqual({ key: 'P-7', person: { identifiers: [], givenNames: 'Kit', familyName: 'Fennimoor', birthDate: '2010-05-06' } }); // prettier-ignore
  });

  it('nobody: quarantined', () => {
    expect(outcomes(withValue(of(score), '/entry/1/resource/subject', undefined))).toMatchObject([['quarantined', 'missing-value', '/entry/1/resource/patient']]); // prettier-ignore
  });
});

describe('what keeps a child alive', () => {
  it('is told in words, and told again when it is over', () => {
    const needs: SimulatedResource[] = [
      { kind: 'allergy', id: 'A-1', updated, to: 'Penicillin', on: '2020-03-01' },
      { kind: 'warning', id: 'F-1', updated, of: 'self-harm', words: 'Hides blades in shoes', since: '2026-02-03' },
      { kind: 'medication', id: 'M-1', updated, name: 'Insulin', dose: 'Twice a day', on: '2026-02-03', over: true },
    ];
    expect(said(of(...needs))).toMatchObject([
      ['HealthNeedRecorded', { needReference: 'AllergyIntolerance/A-1', kind: 'KIND_ALLERGY', detail: 'Penicillin' }],
      ['HealthNeedRecorded', { needReference: 'Flag/F-1', kind: 'KIND_SELF_HARM', detail: 'Hides blades in shoes' }],
      ['HealthNeedRecorded', { needReference: 'MedicationStatement/M-1', kind: 'KIND_MEDICATION', detail: 'Insulin; Twice a day', ended: true }], // prettier-ignore
    ]);
  });
});

describe('a bundle', () => {
  it('with a part that cannot be read goes on with the others', () => {
    const body = withValue(of(score, episode), '/entry/1/resource/meta/lastUpdated', 'Tuesday');
    expect(outcomes(body)).toEqual([
      ['fact', '', undefined],
      ['fact', '', undefined],
      ['quarantined', 'wrong-type', '/entry/1/resource/meta/lastUpdated'],
    ]);
  });

  it('that says two things of one fact says neither', () => {
    expect(outcomes(of(score, { ...score, total: 20 }))).toMatchObject([
      ['quarantined', 'contradiction', '/entry/1/resource'],
      ['quarantined', 'contradiction', '/entry/2/resource'],
    ]);
    expect(told(of(score, { ...score, total: 20 })).covers).toEqual([]);
  });

  it.each([
    ['only a patient', of(), 'no-resources'],
    ['a resource of another kind', withValue(of(score), '/entry/1/resource/resourceType', 'Immunization'), 'not-taken-up'], // prettier-ignore
    ['a kind that every object has', withValue(of(score), '/entry/1/resource/resourceType', 'toString'), 'not-taken-up'], // prettier-ignore
  ])('of %s is ignored', (_name, body, code) => {
    expect(outcomes(body).map(([outcome, why]) => [outcome, why])).toEqual([['ignored', code]]);
    expect(told(body).covers).toEqual([]);
  });
});
