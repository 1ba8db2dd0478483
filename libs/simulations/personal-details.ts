/** Who a custodian's record says a child is, in our words. */
export interface SimulatedDetails {
  readonly givenNames?: string;
  readonly familyName?: string;
  readonly birthDate?: string;
}

/** As a custodian serves it, with what the hub takes nothing of: where the child lives, and others. */
export function personalDetails({ givenNames, familyName, birthDate }: SimulatedDetails) {
  return {
    firstName: givenNames ?? null,
    lastName: familyName ?? null,
    dateOfBirth: birthDate ?? null,
    address: { line1: '1 Meadow Row', line2: null, townOrCity: 'Fernhill', county: null, postcode: null },
    namesOfIndividualsResidingAtMainAddress: ['Alex Fennimoor'],
    birthAssignedSex: 'Female',
    pronouns: null,
    ethnicity: null,
    firstLanguage: 'English',
    designatedLocalAuthority: 'Fernhill',
    englishAsAdditionalLanguage: false,
    braille: null,
    signLanguage: null,
    makaton: null,
    interpreter: null,
    relatedPeople: [
      { relationshipToTheChild: 'Aunt', name: 'Alex Fennimoor', dob: '1985-01-02', risk: ['Dog at the address'] },
    ],
  };
}
