/** What the patient register tells of somebody, in our words: written out as each of its services delivers it. */
export interface SimulatedSignal {
  readonly id: string;
  /** Without its version. */
  readonly event: 'pds-change-of-gp' | 'pds-record-change' | 'nhs-number-change' | 'patientflags-change' | 'pds-death-notification'; // prettier-ignore
  readonly nhsNumber: string;
  /** RFC 3339. */
  readonly time: string;
  readonly recordVersion?: string;
  readonly flagCode?: string;
}

const register = 'https://register.invalid/FHIR/R4/Patient';

/** As a CloudEvent. It says where the record is, and nothing of what is in it. */
export function signalCloudEvent({ id, event, nhsNumber, time, flagCode }: SimulatedSignal) {
  return {
    specversion: '1.0',
    id,
    source: 'uk.nhs.simulated',
    type: `${event}-${event === 'patientflags-change' ? 1 : 2}`,
    time,
    dataref: addressOf(nhsNumber, flagCode),
    subject: nhsNumber,
  };
}

/** As a FHIR R4 bundle: a notification of a subscription. */
export function signalBundle(signal: SimulatedSignal) {
  const { id, event, nhsNumber, time, recordVersion, flagCode } = signal;
  const context = [
    { name: 'event-type', valueString: `${event}-${event === 'patientflags-change' ? 1 : 2}` },
    { name: 'source', valueUri: 'uk.nhs.simulated' },
    { name: 'subject', valueReference: { identifier: { value: nhsNumber } } },
    ...(recordVersion === undefined ? [] : [{ name: 'version-id', valueString: `W/"${recordVersion}"` }]),
  ];
  const notification = [
    { name: 'event-number', valueString: '1' },
    { name: 'timestamp', valueInstant: time },
    { name: 'focus', valueReference: { reference: addressOf(nhsNumber, flagCode) } },
  ];
  const parameter = [
    { name: 'subscription', valueReference: { reference: 'https://register.invalid/subscriptions' } },
    { name: 'status', valueCode: 'active' },
    { name: 'type', valueCode: 'event-notification' },
    { name: 'notification-event', part: notification },
    { name: 'additional-context', part: context },
  ];
  const resource = { resourceType: 'Parameters', id, parameter };
  return { resourceType: 'Bundle', id, type: 'history', timestamp: time, entry: [{ fullUrl: `urn:uuid:${id}`, resource }] }; // prettier-ignore
}

/** As the deprecated version 1, which says who it is. */
export function signalVersionOne(
  { id, event, nhsNumber, time, recordVersion }: SimulatedSignal,
  who: { readonly familyName: string; readonly birthDate: string },
  data: Readonly<Record<string, string>> = {},
) {
  return {
    id,
    type: `${event}-1`,
    subject: { dob: who.birthDate, familyName: who.familyName, nhsNumber },
    source: { name: 'Simulated register', identifier: { system: 'urn:simulated', value: '1' } },
    time,
    data: { versionId: `W/"${recordVersion ?? '1'}"`, fullUrl: addressOf(nhsNumber), ...data },
  };
}

function addressOf(nhsNumber: string, flagCode?: string): string {
  if (flagCode === undefined) return `${register}/${nhsNumber}`;
  return `https://register.invalid/PatientFlag?patient=${nhsNumber}&code=${flagCode}`;
}
