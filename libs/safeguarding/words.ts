/** Duties as staff call them, by kind. What they are about is read from the facts, through disclosure. */
export const dutyWords: Readonly<Record<string, string>> = {
  'prevention-interview': 'Prevention interview by the police',
  'decide-return-interview': 'Decide what follows after custody: interview or none',
  'return-home-interview': 'Return home interview',
  'reason-for-no-interview': 'Say why no interview was held',
  'use-return-interview': 'Use the return interview in the plan',
  'strategy-meeting': 'Strategy meeting after repeat episodes',
  'placement-notice': 'Written notice of a placement out of area',
  'decide-referral': 'Decide the next step of a referral',
  'hold-strategy-discussion': 'Hold the strategy discussion',
  'contribute-to-strategy-discussion': 'Take part in the strategy discussion',
  'child-protection-conference': 'Child protection conference',
  'reasonable-grounds-decision': 'National referral mechanism: reasonable-grounds decision',
  'contribute-to-complex-investigation': 'Contribute to the complex investigation',
  'consider-prevention-referral': 'Consider a referral for prevention',
  'meeting-action': 'Action set at a meeting',
};

/** Notices as staff call them, by kind. Nothing in them says of whom. */
export const noticeWords: Readonly<Record<string, string>> = {
  'missing-reported': 'Reported missing',
  'missing-regraded-high': 'Missing, and the risk is high now',
  'missing-returned': 'Back from being missing',
  'missing-found': 'Found',
  'missing-found-in-custody': 'Found, in police custody',
  'away-without-authorisation': 'Away from placement without authorisation',
  'return-interview-completed': 'Return home interview held',
  'interview-slot': 'Appointment at which an interview could be held',
  'interview-slot-moved': 'Appointment at which an interview could be held: it has changed',
  'interview-slot-gone': 'Appointment at which an interview could be held: called off',
  'repeat-missing': 'Missing repeatedly: a strategy meeting is to be considered',
  'exploitation-indicator': 'Sign of exploitation',
  'exploitation-moderate': 'Concern about exploitation: moderate',
  'exploitation-significant': 'Concern about exploitation: significant',
  'referral-decided': 'What became of the referral',
  'strategy-discussion-convened': 'Strategy discussion called',
  'strategy-discussion-without-service': 'Strategy discussion held without the youth offending service',
  'conference-decided': 'Child protection conference decided',
  'nrm-referral':
    'Referred to the national referral mechanism: consider with the defence and prosecution whether the statutory defence applies',
  'nrm-decision': 'National referral mechanism: decision',
  'complex-investigation': 'Complex investigation opened',
  'meeting-action-set': 'Action set at a meeting',
  'prevention-chain': 'Protection notice while released under investigation',
};

const reminders: readonly { readonly of: RegExp; readonly words: (duty: string, role: string) => string }[] = [
  { of: /^(.+)-due-soon(?:-\d+)?$/, words: (duty) => `Due soon: ${lowerFirst(duty)}` },
  { of: /^(.+)-late$/, words: (duty) => `Late: ${lowerFirst(duty)}` },
  { of: /^(.+)-escalated-(.+)$/, words: (duty, role) => `Late, taken to the ${roleWords(role)}: ${lowerFirst(duty)}` },
];

/** A duty's kind in words; undefined for one that nobody has put into words. */
export function dutyName(kind: string): string | undefined {
  return Object.hasOwn(dutyWords, kind) ? dutyWords[kind] : undefined;
}

/** A notice's kind in words, a reminder's too; undefined for one that nobody has put into words. */
export function noticeName(kind: string): string | undefined {
  if (Object.hasOwn(noticeWords, kind)) return noticeWords[kind];
  for (const { of, words } of reminders) {
    const [, about = '', role = ''] = of.exec(kind) ?? [];
    const duty = dutyName(about);
    if (duty !== undefined) return words(duty, role);
  }
  return undefined;
}

/** A role as staff call it: `team-manager` is a team manager. */
export function roleWords(role: string): string {
  return role === 'named-case-manager' ? 'case holder' : role.replaceAll('-', ' ');
}

// "National" and "Prevention" begin a sentence only where they come first.
function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
