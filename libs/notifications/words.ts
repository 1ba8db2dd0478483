/** What a notice is about, in words: no name, no place, nothing of the child. */
const kinds: Readonly<Record<string, string>> = {
  'missing-reported': 'Reported missing',
  'missing-regraded-high': 'Missing, and the risk is now high',
  'missing-returned': 'Returned from being missing',
  'missing-found': 'Found after being missing',
  'missing-found-in-custody': 'Found after being missing, in police custody',
  'away-without-authorisation': 'Away from placement without authorisation',
  'return-interview-completed': 'Return home interview completed',
  'interview-slot': 'A return home interview could use an appointment',
  'repeat-missing': 'Missing repeatedly: a strategy meeting is to be considered',
  'exploitation-indicator': 'A sign of exploitation was recorded',
  'exploitation-moderate': 'Exploitation: the concern is moderate',
  'exploitation-significant': 'Exploitation: the concern is significant',
  'referral-decided': 'Exploitation: a referral was decided',
  'strategy-discussion-convened': 'A strategy discussion is convened',
  'strategy-discussion-without-service': 'A strategy discussion was recorded without the youth offending service',
  'nrm-referral': 'Referred to the national referral mechanism',
  'nrm-decision': 'The national referral mechanism has decided',
  'complex-investigation': 'A complex investigation needs a contribution',
  'prevention-chain': 'To be considered for prevention',
};

/** The kind in words; a kind that this version has no words for, in its own: they are the hub's. */
export function kindInWords(kind: string): string {
  const words = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  if (words !== undefined) return words;
  const plain = kind.replaceAll('-', ' ');
  return plain.charAt(0).toUpperCase() + plain.slice(1);
}
