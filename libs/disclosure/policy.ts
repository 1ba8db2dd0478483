import type { Agency } from '../kernel/agency.js';
import type { Category, Purpose, Role } from './terms.js';

/** What people of an agency and role see, for a purpose. What a row does not name is hidden; no row, no child. */
export interface PolicyRow {
  readonly agency: Agency;
  readonly role: Role;
  readonly purposes: readonly Purpose[];
  readonly full: readonly Category[];
  readonly flag: readonly Category[];
  /** The legal gateway, and the rules of the rulebook that the row carries out. */
  readonly authority: string;
}

// Never "PCSC 2022 s.16": it does not authorise what health or social care publish (G2), and these gateways carry all.
const cda = 'Crime and Disorder Act 1998 s.115, s.39 (G1)';
const safeguarding = 'Children Act 2004 s.10-11; DPA 2018 Sch 1 para 18 (G2, G3)';
const lawEnforcement = 'DPA 2018 Sch 8 (G3)';

const vitalInterests = 'UK GDPR art 6(1)(d), 9(2)(c); DPA 2018 Sch 8 para 3 (G9)';

const offenceAndCourt = ['offending', 'court', 'custody'] as const;
const missingAndHarm = ['missing', 'return-interview', 'exploitation'] as const;
const atYos: readonly Category[] = [
  ...offenceAndCourt,
  ...missingAndHarm,
  'probation',
  'case-management',
  'education',
  'social-care',
  'health-involvement',
];
const reviewed: readonly Category[] = ['health-detail', 'ehc-plan', 'victim', 'intelligence'];

export const policy: readonly PolicyRow[] = [
  {
    agency: 'yos',
    role: 'case-manager',
    purposes: ['case-management'],
    full: [...atYos, 'health-vital'],
    // Health detail is for health and the named case manager; others see that there is involvement, not what (G9).
    flag: ['health-detail', 'ehc-plan', 'victim'],
    authority: `${cda}; G9`,
  },
  {
    agency: 'yos',
    role: 'named-case-manager',
    purposes: ['case-management'],
    full: [...atYos, 'health-vital', 'health-detail', 'ehc-plan'],
    flag: ['victim'],
    authority: `${cda}; G9; SI 2015/62 reg 17 (G5), D7`,
  },
  {
    agency: 'yos',
    role: 'case-manager',
    purposes: ['safeguarding'],
    full: [...missingAndHarm, 'social-care', 'custody', 'case-management', 'health-involvement', 'health-vital'],
    flag: ['offending', 'court', 'probation', 'education', 'health-detail'],
    authority: safeguarding,
  },
  {
    agency: 'yos',
    role: 'case-manager',
    purposes: ['court-preparation', 'transition'],
    full: [...offenceAndCourt, 'missing', 'probation', 'case-management', 'education', 'health-vital'],
    flag: ['return-interview', 'exploitation', 'social-care', 'health-involvement', 'health-detail', 'victim'],
    authority: `${cda}; ${lawEnforcement}`,
  },
  {
    agency: 'yos',
    role: 'team-manager',
    purposes: ['supervision-of-staff', 'case-management', 'safeguarding'],
    full: [...atYos, 'health-vital'],
    flag: ['health-detail', 'ehc-plan', 'victim', 'intelligence'],
    authority: `${cda}; ${safeguarding}`,
  },
  {
    agency: 'yos',
    role: 'team-manager',
    purposes: ['learning-review'],
    full: [...atYos, 'health-vital'],
    flag: reviewed,
    authority: 'Children Act 2004 s.16H (G2)',
  },
  {
    agency: 'yos',
    role: 'duty-officer',
    purposes: ['duty', 'safeguarding'],
    full: [...offenceAndCourt, ...missingAndHarm, 'case-management', 'health-vital'],
    flag: ['probation', 'social-care', 'health-involvement', 'health-detail'],
    authority: `${cda}; ${safeguarding}; G9`,
  },
  {
    agency: 'yos',
    role: 'head-of-service',
    purposes: ['supervision-of-staff'],
    // Whom late duties are escalated to: what is late, and what it is about.
    full: [...missingAndHarm, 'court', 'custody', 'case-management', 'social-care', 'health-vital'],
    flag: ['offending', 'probation', 'education', 'health-involvement', 'health-detail', 'ehc-plan', 'victim'],
    authority: `${cda}; ${safeguarding}; A4, B2`,
  },
  {
    agency: 'yos',
    role: 'auditor',
    purposes: ['audit'],
    full: [],
    // An audit is about the looks: that there was something to see, and not what it was.
    flag: [...atYos, 'health-vital', 'health-detail', 'ehc-plan', 'victim'],
    authority: 'DPA 2018 s.62 (G4)',
  },
  {
    agency: 'yos',
    role: 'auditor',
    purposes: ['learning-review'],
    full: [...atYos, 'health-vital'],
    flag: reviewed,
    authority: 'Children Act 2004 s.16H (G2)',
  },
  {
    agency: 'yos',
    role: 'system',
    purposes: ['case-management'],
    full: [...atYos, 'health-vital'],
    flag: [],
    authority: cda,
  },
  {
    agency: 'police',
    role: 'officer',
    purposes: ['safeguarding', 'duty'],
    // Self-harm, medication and allergy reach the custody suite (G9).
    full: [...offenceAndCourt, 'missing', 'exploitation', 'health-vital'],
    flag: ['return-interview', 'case-management', 'social-care'],
    authority: `${cda}; ${lawEnforcement}; ${safeguarding}`,
  },
  {
    agency: 'police',
    role: 'system',
    purposes: ['safeguarding'],
    full: ['missing', 'health-vital'],
    flag: [],
    authority: safeguarding,
  },
  {
    agency: 'social-care',
    role: 'social-worker',
    purposes: ['safeguarding', 'case-management'],
    full: [
      ...missingAndHarm,
      'court',
      'custody',
      'case-management',
      'education',
      'social-care',
      'health-involvement',
      'health-vital',
    ],
    flag: ['offending', 'probation', 'health-detail', 'ehc-plan'],
    authority: `Children Act 1989 s.17, s.47; ${safeguarding}`,
  },
  {
    agency: 'social-care',
    role: 'team-manager',
    purposes: ['safeguarding'],
    full: [...missingAndHarm, 'court', 'custody', 'case-management', 'social-care', 'health-vital'],
    flag: ['offending', 'probation', 'education', 'health-involvement', 'health-detail', 'ehc-plan'],
    authority: `Children Act 1989 s.17, s.47; ${safeguarding}; A3, A6`,
  },
  {
    agency: 'social-care',
    role: 'return-interviewer',
    purposes: ['safeguarding', 'return-interview'],
    // Independent of care and of supervision: what an interview is about, and what keeps the child alive.
    full: [...missingAndHarm, 'health-vital'],
    flag: ['custody', 'case-management', 'education'],
    authority: `Statutory guidance on children who go missing (2014), A3, A5; ${safeguarding}`,
  },
  {
    agency: 'social-care',
    role: 'system',
    purposes: ['safeguarding'],
    full: ['missing', 'exploitation', 'custody'],
    flag: [],
    authority: safeguarding,
  },
  {
    agency: 'probation',
    role: 'officer',
    purposes: ['transition', 'case-management'],
    full: [...offenceAndCourt, 'missing', 'probation', 'case-management', 'education', 'health-vital'],
    // A victim's identity is never in probation's view without a purpose (G6), and neither of these is one.
    flag: ['return-interview', 'exploitation', 'social-care', 'health-involvement'],
    authority: `Criminal Justice Act 2003 s.325; ${cda}; C3`,
  },
  {
    agency: 'probation',
    role: 'system',
    purposes: ['transition'],
    full: ['court', 'probation', 'custody'],
    flag: [],
    authority: 'Criminal Justice Act 2003 s.325 (G2)',
  },
  {
    agency: 'health',
    role: 'lead',
    purposes: ['safeguarding'],
    full: ['missing', 'exploitation', 'health-involvement', 'health-vital', 'health-detail'],
    flag: ['return-interview', 'custody', 'social-care', 'ehc-plan'],
    authority: safeguarding,
  },
  {
    agency: 'education',
    role: 'lead',
    purposes: ['safeguarding'],
    // A child who enters custody takes the plan and the school record along (D7, D8).
    full: ['custody', 'education', 'ehc-plan'],
    flag: ['missing', 'exploitation', 'social-care'],
    authority: `Children and Families Act 2014; SI 2015/62 (G5); ${safeguarding}`,
  },
  {
    agency: 'secure-estate',
    role: 'lead',
    purposes: ['safeguarding', 'case-management'],
    full: [
      ...offenceAndCourt,
      'missing',
      'exploitation',
      'case-management',
      'education',
      'ehc-plan',
      'health-involvement',
      'health-vital',
    ],
    flag: ['return-interview', 'social-care'],
    authority: `${cda}; SI 2015/62 reg 17 (G5), D7, D8`,
  },
  // In an emergency, of what is only said to be withheld: what a child may need tonight. Never victims or intelligence.
  ...emergency('yos', 'case-manager', ['health-detail']),
  ...emergency('yos', 'team-manager', ['health-detail']),
  ...emergency('yos', 'duty-officer', ['health-detail', 'health-involvement', 'social-care']),
  ...emergency('police', 'officer', ['return-interview', 'social-care']),
  ...emergency('social-care', 'social-worker', ['health-detail', 'offending']),
  ...emergency('probation', 'officer', ['exploitation', 'health-involvement', 'social-care']),
  ...emergency('health', 'lead', ['custody', 'return-interview', 'social-care']),
  ...emergency('secure-estate', 'lead', ['return-interview', 'social-care']),
  ...publishing(['police', 'court', 'health', 'education', 'probation', 'social-care', 'secure-estate', 'yos']),
];

// Whoever publishes may see that it arrived, and nothing of anybody else.
function publishing(agencies: readonly Agency[]): PolicyRow[] {
  return agencies.map((agency) => ({
    agency,
    role: 'system',
    purposes: ['publishing-partner'],
    full: [],
    flag: [],
    authority: 'its own records',
  }));
}

function emergency(agency: Agency, role: Role, full: readonly Category[]): PolicyRow[] {
  return [{ agency, role, purposes: ['emergency'], full, flag: [], authority: vitalInterests }];
}
