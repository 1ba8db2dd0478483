// Code lists of the children in need census, in our words; held against the census schemas of 2017 to 2026 (README). A code that a later year drops stays.

/** ReferralSource: who referred. */
export const referralSources: Readonly<Record<string, string>> = {
  '1A': 'Family member, relative or carer',
  '1B': 'Acquaintance',
  '1C': 'The child',
  '1D': 'Other individual',
  '2A': 'School',
  '2B': 'Education service',
  '3A': 'GP',
  '3B': 'Health visitor',
  '3C': 'School nurse',
  '3D': 'Other primary health service',
  '3E': 'Emergency department',
  '3F': 'Other health service',
  '4': 'Housing',
  '5A': 'Social care of the authority',
  '5B': 'Other service of the authority',
  '5C': 'Service of another authority',
  '5D': 'Early help of the authority',
  '6': 'Police',
  '7': 'Other legal agency',
  '8': 'Other',
  '9': 'Anonymous',
  '10': 'Not known',
};

/** ReasonForClosure: why a case closed. */
export const closures: Readonly<Record<string, string>> = {
  RC1: 'Adopted',
  RC2: 'Died',
  RC3: 'Child arrangements order',
  RC4: 'Special guardianship order',
  RC5: 'Transferred to another authority',
  RC6: 'Transferred to adult services',
  RC7: 'Services ended for another reason',
  RC8: 'Closed after assessment, no further action',
  RC9: 'Closed after assessment, to early help',
};

/** InitialCategoryOfAbuse, LatestCategoryOfAbuse: what a child protection plan is for. */
export const categoriesOfHarm: Readonly<Record<string, string>> = {
  NEG: 'Neglect',
  PHY: 'Physical abuse',
  SAB: 'Sexual abuse',
  EMO: 'Emotional abuse',
  MUL: 'More than one',
};

/** AssessmentFactors that children's social care may be seen to have found. */
export const careFactors: Readonly<Record<string, string>> = {
  '3A': 'Domestic abuse of the child',
  '3B': 'Domestic abuse of a parent',
  '3C': 'Domestic abuse of another person at home',
  '7A': 'Young carer',
  '8A': 'Privately fostered',
  '8B': 'Privately fostered, from abroad and to return',
  '8C': 'Privately fostered, from abroad and to stay',
  '8D': 'Privately fostered, from the United Kingdom, for education',
  '8E': 'Privately fostered, from the United Kingdom, by arrangement of the family',
  '8F': 'Privately fostered, otherwise',
  '9A': 'Unaccompanied asylum-seeking child',
  '14A': 'Socially unacceptable behaviour',
  '16A': 'Neglect',
  '17A': 'Emotional abuse',
  '18A': 'Physical abuse',
  '18B': 'Physical abuse by another child',
  '18C': 'Physical abuse by an adult',
  '19A': 'Sexual abuse',
  '19B': 'Sexual abuse by another child',
  '19C': 'Sexual abuse by an adult',
  '20': 'Other factors',
  '21': 'No factors',
  '22A': 'Female genital mutilation',
  '23A': 'Abuse linked to faith or belief',
};

/** AssessmentFactors of missing, exploitation and gangs: fewer people may see them. */
export const exploitationFactors: Readonly<Record<string, string>> = {
  '10A': 'Going or being missing',
  '11A': 'Child sexual exploitation',
  '12A': 'Trafficking',
  '13A': 'Gangs',
  '24A': 'Child criminal exploitation',
};

/** AssessmentFactors of health: health's own rules hold for them. */
export const healthFactors: Readonly<Record<string, string>> = {
  '1A': 'Alcohol misuse by the child',
  '1B': 'Alcohol misuse by a parent',
  '1C': 'Alcohol misuse by another person at home',
  '2A': 'Drug misuse by the child',
  '2B': 'Drug misuse by a parent',
  '2C': 'Drug misuse by another person at home',
  '4A': 'Mental health of the child',
  '4B': 'Mental health of a parent',
  '4C': 'Mental health of another person at home',
  '5A': 'Learning disability of the child',
  '5B': 'Learning disability of a parent',
  '5C': 'Learning disability of another person at home',
  '6A': 'Physical disability or illness of the child',
  '6B': 'Physical disability or illness of a parent',
  '6C': 'Physical disability or illness of another person at home',
  '15A': 'Self-harm',
};
