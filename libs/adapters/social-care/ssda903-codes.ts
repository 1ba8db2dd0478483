// Code lists of the SSDA903 return (looked-after children), in our words; held against the lists of 2017 to 2026 (README). A code that a later year drops stays.

/** RNE: why an episode of care began. */
export const episodeBegan: Readonly<Record<string, string>> = {
  S: 'Started to be looked after',
  L: 'Change of legal status',
  P: 'Change of placement and carer',
  T: 'Change of placement, same carer',
  B: 'Change of legal status, placement and carer',
  U: 'Change of legal status and placement, same carer',
};

/** LS: legal status. */
export const legalStatuses: Readonly<Record<string, string>> = {
  C1: 'Interim care order',
  C2: 'Full care order',
  D1: 'Freeing order',
  E1: 'Placement order',
  V2: 'Accommodated under section 20',
  V3: 'Short-term breaks, each recorded',
  V4: 'Short-term breaks, agreed as a series',
  J1: 'Remanded to local authority or youth detention accommodation',
  J2: 'In local authority accommodation under the Police and Criminal Evidence Act 1984',
  J3: 'Youth rehabilitation order with residence or intensive fostering',
  L1: 'Under police protection in local authority accommodation',
  L2: 'Emergency protection order',
  L3: 'Child assessment order, in local authority accommodation',
};

/** CIN in the return, PrimaryNeedCode in the census: the primary need. */
export const primaryNeeds: Readonly<Record<string, string>> = {
  N1: 'Abuse, neglect or exploitation',
  N2: 'Disability of the child',
  N3: 'Illness or disability of a parent',
  N4: 'Family in acute stress',
  N5: 'Family dysfunction',
  N6: 'Socially unacceptable behaviour',
  N7: 'Low income',
  N8: 'Absent parenting',
  N9: 'Not a child in need',
  N0: 'Not stated',
};

/** PLACE: kind of placement. */
export const placements: Readonly<Record<string, string>> = {
  U1: 'Foster carer: relative or friend, long term',
  U2: 'Foster carer: relative or friend, fostering for adoption',
  U3: 'Foster carer: relative or friend',
  U4: 'Foster carer, long term',
  U5: 'Foster carer, fostering for adoption',
  U6: 'Foster carer',
  A3: 'Placed for adoption with consent, current foster carer',
  A4: 'Placed for adoption with consent',
  A5: 'Placed for adoption by order, current foster carer',
  A6: 'Placed for adoption by order',
  P1: 'With parents',
  P2: 'Independent living',
  P3: 'Residential employment',
  H5: 'Semi-independent living',
  K1: 'Secure children’s home',
  K2: 'Children’s home',
  K3: 'Supported accommodation',
  R1: 'Residential care home',
  R2: 'Hospital or nursing care',
  R3: 'Family centre or mother and baby unit',
  R5: 'Young offender institution',
  S1: 'Residential school',
  T0: 'Temporary move',
  T1: 'Temporarily in hospital',
  T2: 'Temporarily on holiday',
  T3: 'Temporary place while the carer is on holiday',
  T4: 'Temporary place for a week at most',
  // From 2026 on the others are told apart; the lists that give the codes do not say how.
  Z1: 'Other placement',
  Z11: 'Other placement',
  Z12: 'Other placement',
  Z13: 'Other placement',
  Z14: 'Other placement',
};

/** PLACE_PROVIDER: who provides the placement. */
export const providers: Readonly<Record<string, string>> = {
  PR0: 'Parents',
  PR1: 'The authority itself',
  PR2: 'Another local authority',
  PR3: 'Other public provision',
  PR4: 'Private provision',
  PR5: 'Voluntary provision',
};

/** REC: why an episode of care ended. */
export const episodeEnded: Readonly<Record<string, string>> = {
  X1: 'Another episode followed the same day',
  E11: 'Adopted, unopposed',
  E12: 'Adopted, consent dispensed with',
  E13: 'Left to live with somebody without parental responsibility',
  E14: 'Accommodation on remand ended',
  E15: 'Found to be 18 or over',
  E16: 'Moved abroad',
  E17: 'Turned 18 and stayed with the carers',
  E2: 'Died',
  E3: 'Care taken over by another authority',
  E4A: 'Returned home as planned',
  E4B: 'Returned home, not as planned',
  E41: 'Residence or child arrangements order',
  E43: 'Special guardianship: former foster carer',
  E44: 'Special guardianship: other carer',
  E45: 'Special guardianship: former foster carer, relative or friend',
  E46: 'Special guardianship: former foster carer, no relative or friend',
  E47: 'Special guardianship: relative or friend',
  E48: 'Special guardianship: other carer, no relative or friend',
  E5: 'Independent living, with support',
  E6: 'Independent living, without support',
  E7: 'Residential care of adult services',
  E8: 'Ceased for another reason',
  E9: 'Sentenced to custody',
};

/** REASON_PLACE_CHANGE: why a placement changed. */
export const placementChanges: Readonly<Record<string, string>> = {
  CARPL: 'Care plan',
  CLOSE: 'Provision closed or carer resigned',
  ALLEG: 'Allegation',
  STAND: 'Standards of care',
  APPRR: 'Approval removed',
  CREQB: 'Carer asked, because of the child’s behaviour',
  CREQO: 'Carer asked, for another reason',
  CHILD: 'The child asked',
  LAREQ: 'The authority asked',
  PLACE: 'Status of the placement only',
  CUSTOD: 'Custody arrangement',
  OTHER: 'Another reason',
};
