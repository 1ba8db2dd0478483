/** A change of general practice, as the events service delivers it: FHIR STU3 in XML. Times RFC 3339. */
export interface SimulatedPatientMessage {
  readonly id: string;
  readonly nhsNumber: string;
  readonly time: string;
  readonly familyName?: string;
  readonly givenName?: string;
  /** `YYYY-MM-DD`. */
  readonly birthDate?: string;
  readonly formerPractice?: { readonly name: string; readonly until: string };
  readonly practice?: { readonly name: string; readonly since: string };
  readonly event?: string;
  readonly kind?: 'new' | 'update' | 'delete';
}

export function patientMessage(message: SimulatedPatientMessage): string {
  const { id, nhsNumber, time, event = 'pds-change-of-gp-1', kind = 'new' } = message;
  const episodes = [
    ...(message.formerPractice ? [episode('finished', message.formerPractice.name, { end: message.formerPractice.until })] : []), // prettier-ignore
    ...(message.practice ? [episode('active', message.practice.name, { start: message.practice.since })] : []),
  ];
  return [
    `<Bundle xmlns="http://hl7.org/fhir"><id value="${id}"/><type value="message"/>`,
    entry(
      `<MessageHeader><meta><versionId value="1"/></meta>`,
      `<extension url="https://fhir.nhs.uk/STU3/StructureDefinition/Extension-RoutingDemographics-1">`,
      `<extension url="nhsNumber"><valueIdentifier><value value="${nhsNumber}"/></valueIdentifier></extension></extension>`,
      `<extension url="https://fhir.nhs.uk/STU3/StructureDefinition/Extension-MessageEventType-1">`,
      `<valueCodeableConcept><coding><code value="${kind}"/></coding></valueCodeableConcept></extension>`,
      `<event><code value="${event}"/></event><timestamp value="${time}"/></MessageHeader>`,
    ),
    entry(`<Patient>`, ...patientParts(message), `</Patient>`),
    ...episodes.map((one) => entry(one)),
    '</Bundle>',
  ].join('\n');
}

function patientParts({ nhsNumber, familyName, givenName, birthDate }: SimulatedPatientMessage): readonly string[] {
  const family = familyName === undefined ? '' : `<family value="${escaped(familyName)}"/>`;
  const given = givenName === undefined ? '' : `<given value="${escaped(givenName)}"/>`;
  return [
    `<identifier><system value="https://fhir.nhs.uk/Id/nhs-number"/><value value="${nhsNumber}"/></identifier>`,
    family + given === '' ? '' : `<name><use value="official"/>${family}${given}</name>`,
    birthDate === undefined ? '' : `<birthDate value="${birthDate}"/>`,
  ];
}

function episode(status: string, practice: string, period: Readonly<Record<string, string>>): string {
  const limits = Object.entries(period).map(([name, at]) => `<${name} value="${at}"/>`).join(''); // prettier-ignore
  return `<EpisodeOfCare><status value="${status}"/><managingOrganization><display value="${escaped(practice)}"/></managingOrganization><period>${limits}</period></EpisodeOfCare>`; // prettier-ignore
}

function entry(...parts: readonly string[]): string {
  return `<entry><resource>${parts.join('')}</resource></entry>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
