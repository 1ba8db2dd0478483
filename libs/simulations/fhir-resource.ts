/** Whom a resource is about: by NHS number, and by who it is where the source says so. */
export interface SimulatedPatient {
  readonly nhsNumber: string;
  readonly givenName?: string;
  readonly familyName?: string;
  /** `YYYY-MM-DD`. */
  readonly birthDate?: string;
}

type Service = 'camhs' | 'liaison-and-diversion' | 'chat' | 'substance-misuse' | 'speech-and-language';

/** A resource of a health system, in our words. Times are days or RFC 3339; `updated` is RFC 3339. */
export type SimulatedResource = {
  readonly id: string;
  readonly updated: string;
} & (
  | { readonly kind: 'referral'; readonly service: Service; readonly on: string; readonly turnedDown?: boolean }
  | { readonly kind: 'episode'; readonly service: Service; readonly since: string; readonly until?: string; readonly referral?: string } // prettier-ignore
  | { readonly kind: 'screening'; readonly service: 'chat' | 'liaison-and-diversion'; readonly at: string; readonly part?: string } // prettier-ignore
  | { readonly kind: 'assessment'; readonly referral: string; readonly at: string }
  | { readonly kind: 'exit'; readonly treatment: string; readonly at: string; readonly how: 'planned' | 'unplanned' | 'transferred' } // prettier-ignore
  | { readonly kind: 'score'; readonly scale: string; readonly total: number; readonly at: string; readonly parts?: readonly (readonly [string, number])[] } // prettier-ignore
  | { readonly kind: 'allergy'; readonly to: string; readonly on: string; readonly over?: boolean }
  | { readonly kind: 'warning'; readonly of: 'self-harm' | 'emergency-condition'; readonly words: string; readonly since: string; readonly over?: boolean } // prettier-ignore
  | { readonly kind: 'medication'; readonly name: string; readonly dose?: string; readonly on: string; readonly over?: boolean } // prettier-ignore
);

const provider = { reference: 'Organization/north', display: 'Fernhill health' };
const coded = (system: string, code: string) => ({ coding: [{ system: `urn:youth-justice-hub:${system}`, code }] });

/** As FHIR R4, about the patient of the same bundle, or of a number alone. */
export function fhirResource(one: SimulatedResource, patient: SimulatedPatient, bundled = true) {
  const subject = bundled ? { reference: 'Patient/patient-1' } : { identifier: numbered(patient.nhsNumber) };
  const named = { id: one.id, meta: { lastUpdated: one.updated }, identifier: [{ system: 'urn:simulated', value: one.id }] }; // prettier-ignore
  return { ...named, ...said(one, subject) };
}

/** A bundle of them, with the patient they are about. */
export function fhirBundle(resources: readonly SimulatedResource[], patient: SimulatedPatient) {
  const { nhsNumber, givenName, familyName, birthDate } = patient;
  const who = {
    resourceType: 'Patient',
    id: 'patient-1',
    identifier: [numbered(nhsNumber)],
    ...(familyName === undefined ? {} : { name: [{ use: 'official', family: familyName, given: [givenName ?? ''] }] }),
    ...(birthDate === undefined ? {} : { birthDate }),
  };
  const entries = [who, ...resources.map((one) => fhirResource(one, patient))];
  return { resourceType: 'Bundle', type: 'collection', entry: entries.map((resource) => ({ resource })) };
}

function numbered(nhsNumber: string) {
  return { system: 'https://fhir.nhs.uk/Id/nhs-number', value: nhsNumber };
}

function said(
  one: SimulatedResource,
  subject: object,
): { readonly resourceType: string } & Readonly<Record<string, unknown>> {
  switch (one.kind) {
    case 'referral':
      return {
        resourceType: 'ServiceRequest',
        status: one.turnedDown === true ? 'revoked' : 'active',
        intent: 'order',
        category: [coded('health-service', one.service)],
        authoredOn: one.on,
        performer: [provider],
        subject,
      };
    case 'episode':
      return {
        resourceType: 'EpisodeOfCare',
        status: one.until === undefined ? 'active' : 'finished',
        type: [coded('health-service', one.service)],
        managingOrganization: provider,
        patient: subject,
        period: { start: one.since, ...(one.until === undefined ? {} : { end: one.until }) },
        ...(one.referral === undefined ? {} : { referralRequest: [{ reference: `ServiceRequest/${one.referral}` }] }),
      };
    case 'screening':
      return contact(one.service, one.at, subject, {
        type: one.part === undefined ? [] : [coded('screening-part', one.part)],
      });
    case 'assessment':
      return contact('substance-misuse', one.at, subject, {
        basedOn: [{ reference: `ServiceRequest/${one.referral}` }],
      });
    case 'exit':
      return contact('substance-misuse', one.at, subject, {
        episodeOfCare: [{ reference: `EpisodeOfCare/${one.treatment}` }],
        hospitalization: { dischargeDisposition: coded('treatment-exit', one.how) },
      });
    case 'score':
      return {
        resourceType: 'Observation',
        status: 'final',
        code: coded('rating-scale', one.scale),
        effectiveDateTime: one.at,
        valueInteger: one.total,
        component: (one.parts ?? []).map(([text, valueInteger]) => ({ code: { text }, valueInteger })),
        performer: [provider],
        subject,
      };
    default:
      return vital(one, subject);
  }
}

type Vital = Extract<SimulatedResource, { readonly kind: 'allergy' | 'warning' | 'medication' }>;

function vital(one: Vital, subject: object): { readonly resourceType: string } & Readonly<Record<string, unknown>> {
  switch (one.kind) {
    case 'allergy':
      return {
        resourceType: 'AllergyIntolerance',
        clinicalStatus: { coding: [{ code: one.over === true ? 'resolved' : 'active' }] },
        code: { text: one.to },
        recordedDate: one.on,
        patient: subject,
      };
    case 'warning':
      return {
        resourceType: 'Flag',
        status: one.over === true ? 'inactive' : 'active',
        code: { ...coded('health-need', one.of), text: one.words },
        period: { start: one.since },
        subject,
      };
    case 'medication':
      return {
        resourceType: 'MedicationStatement',
        status: one.over === true ? 'completed' : 'active',
        medicationCodeableConcept: { text: one.name },
        dosage: one.dose === undefined ? [] : [{ text: one.dose }],
        dateAsserted: one.on,
        subject,
      };
  }
}

function contact(service: Service, at: string, subject: object, more: Readonly<Record<string, unknown>>) {
  return {
    resourceType: 'Encounter',
    status: 'finished',
    class: { code: 'AMB' },
    serviceType: coded('health-service', service),
    serviceProvider: provider,
    period: { end: at },
    subject,
    ...more,
  };
}
