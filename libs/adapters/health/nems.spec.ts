import { describe, expect, it } from '@jest/globals';
import { decode } from '../../contracts/catalogue.js';
import type { Message } from '../../kernel/fact.js';
import { patientMessage, type SimulatedPatientMessage } from '../../simulations/patient-message.js';
import { testNhsNumber } from '../../simulations/people.js';
import { healthMessage } from '../../testing/generated/health.js';
import { factsIn } from '../../testing/translation/facts-in.js';
import { translate } from '../registry.js';

const number = testNhsNumber(303);
const moved: SimulatedPatientMessage = {
  id: 'N-1',
  nhsNumber: number,
  time: '2026-02-01T09:00:00+00:00',
  familyName: 'FENNIMOOR',
  givenName: 'Kit',
  birthDate: '2010-05-06',
  formerPractice: { name: 'Fernhill Surgery', until: '2026-01-31T23:30:00Z' },
};
const xml = patientMessage(moved);
const facts = (body: string, change: Partial<Message> = {}) => factsIn(translate(healthMessage(body, change)));
const refusal = (body: string) => translate(healthMessage(body, { format: 'nems.message' })).items.map((item) => ['reason' in item && typeof item.reason === 'object' ? item.reason.code : item.outcome, 'pointer' in item ? item.pointer : undefined]); // prettier-ignore

describe('a message of the events service', () => {
  it('is one fact of the patient’s number, with who it is', () => {
    const [fact, ...more] = facts(xml);
    expect(more).toEqual([]);
    expect(fact).toMatchObject({
      record: { key: `nhs:${number}`, person: { givenNames: 'Kit', familyName: 'FENNIMOOR', birthDate: '2010-05-06' } },
      key: ['hub.health.v1.PatientRecordChanged', `nhs:${number}`, 'n-1'],
      occurred: { at: '2026-02-01T09:00:00Z' },
    });
    expect(fact).not.toHaveProperty('onlyIfKnown');
    expect(decode(fact?.type ?? '', fact?.data ?? new Uint8Array())).toMatchObject({
      what: 'WHAT_GENERAL_PRACTICE',
      formerPractice: 'Fernhill Surgery',
      formerRegistrationEndedOn: '2026-01-31',
    });
  });

  it('holds what it says of nobody known: without a birth date', () => {
    const { birthDate: _, ...unknown } = moved;
    expect(facts(patientMessage(unknown))).toMatchObject([{ onlyIfKnown: { code: 'not-shown-to-be-a-child' } }]);
  });

  it('says the same inside an event, in UTF-16, and named', () => {
    const envelope = JSON.stringify({ type: 'pds-change-of-gp-1', data: xml });
    const base64 = JSON.stringify({ type: 'x', data_base64: Buffer.from(xml).toString('base64') });
    const within = { contentType: 'application/cloudevents+json', attributes: { datacontenttype: 'application/fhir+xml' } }; // prettier-ignore
    expect(facts(envelope, within)).toEqual(facts(xml));
    expect(facts(base64, { ...within, format: 'x' })).toEqual(facts(xml));
    expect(facts('', { body: Buffer.from(`\uFEFF${xml}`, 'utf16le') })).toEqual(facts(xml));
    for (const format of ['nems.message', 'pds-change-of-gp-1']) expect(facts(xml, { format })).toEqual(facts(xml));
  });

  it('never tells an address', () => {
    const address = '<address><line value="4 Elm Row"/><postalCode value="FH1 1AA"/></address></Patient>';
    const [fact] = facts(xml.replace('</Patient>', address));
    expect(Buffer.from(fact?.data ?? []).toString()).not.toMatch(/Elm|FH1/);
  });

  it('of a kind that the hub does not take up is ignored', () => {
    expect(refusal(patientMessage({ ...moved, event: 'newborn-hearing-1' }))).toEqual([['not-taken-up', undefined]]);
  });

  it.each([
    ['taken back', patientMessage({ ...moved, kind: 'delete' }), 'event-taken-back', 'code'],
    ['two numbers', xml.replace(`<value value="${number}"/></valueIdentifier>`, `<value value="${testNhsNumber(404)}"/></valueIdentifier>`), 'contradiction', 'valueIdentifier/value/@value'], // prettier-ignore
    ['no number', xml.replaceAll(`<value value="${number}"/>`, ''), 'missing-value', '@value'],
    ['a number that is none', xml.replaceAll(number, 'Fennimoor'), 'invalid-identifier', '@value'],
    ['no time', xml.replace(/<timestamp[^>]*>/, ''), 'missing-value', 'timestamp/@value'],
    ['no header', xml.replaceAll('MessageHeader', 'Letter'), 'missing-value', '/Bundle'],
    ['another root', '<List xmlns="http://hl7.org/fhir"/>', 'unknown-root', 'line 1'],
    ['no namespace', xml.replace(' xmlns="http://hl7.org/fhir"', ''), 'unknown-root', 'line 1'],
    ['an entity', `<!DOCTYPE Bundle [<!ENTITY x "Fennimoor">]>${xml}`, 'xml-doctype', 'line 1'],
  ])('%s: quarantined, with its place and without a quotation', (_name, body, code, place) => {
    const [[found, pointer] = []] = refusal(body);
    expect(found).toBe(code);
    expect(pointer?.endsWith(place)).toBe(true);
    expect(JSON.stringify(translate(healthMessage(body, { format: 'nems.message' })).items)).not.toContain('Fennimoor');
  });
});
