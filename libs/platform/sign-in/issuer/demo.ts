import { agencies, type Agency } from '../../../kernel/agency.js';

/** A partner's system in the demonstration. One for each agency; the client id is its name. */
export interface DemoSystem {
  readonly name: string;
  readonly agency: Agency;
  /** Known to everybody, which is why the bundled issuer refuses to run in production. */
  readonly secret: string;
}

export const demoSystems: readonly DemoSystem[] = agencies.map((agency) => ({
  name: agency,
  agency,
  secret: `${agency}-secret`,
}));

/** A person who can sign in to the demonstration. Made up, every one. */
export interface DemoPerson {
  readonly username: string;
  readonly name: string;
  readonly agency: Agency;
  readonly roles: readonly string[];
  /** Set where they work for another authority or force than those of the area the hub serves. */
  readonly area?: string;
  /** For the sign-in page. */
  readonly post: string;
}

export const demoPeople: readonly DemoPerson[] = [
  person('casey.manager', 'Casey Manager', 'yos', 'case-manager', 'Case manager, youth offending service'),
  person('sam.worker', 'Sam Worker', 'yos', 'case-manager', 'Case manager, youth offending service'),
  person('terry.lead', 'Terry Lead', 'yos', 'team-manager', 'Team manager, youth offending service'),
  person('dana.duty', 'Dana Duty', 'yos', 'duty-officer', 'Duty officer, youth offending service'),
  person('hari.head', 'Hari Head', 'yos', 'head-of-service', 'Head of service, youth offending service'),
  person('pat.constable', 'Pat Constable', 'police', 'officer', 'Police officer'),
  person('robin.social', 'Robin Social', 'social-care', 'social-worker', 'Social worker, children’s social care'),
  person('tess.team', 'Tess Team', 'social-care', 'team-manager', 'Team manager, children’s social care'),
  person('noor.return', 'Noor Return', 'social-care', 'return-interviewer', 'Return home interviewer'),
  {
    ...person('devi.derby', 'Devi Derby', 'social-care', 'social-worker', 'Social worker, the authority of Derby'),
    area: 'E06000015',
  },
  {
    ...person('jo.derbyshire', 'Jo Derbyshire', 'police', 'officer', 'Police officer, the force of Derbyshire'),
    area: '30',
  },
  person('alex.probation', 'Alex Probation', 'probation', 'officer', 'Probation officer'),
  person('sky.school', 'Sky School', 'education', 'lead', 'Education lead'),
  person('ivy.audit', 'Ivy Audit', 'yos', 'auditor', 'Information governance, youth offending service'),
  person('olly.operator', 'Olly Operator', 'yos', 'operator', 'Operator of the hub, youth offending service'),
  person('kim.integration', 'Kim Integration', 'police', 'integration', 'Systems integration, police'),
];

function person(username: string, name: string, agency: Agency, role: string, post: string): DemoPerson {
  return { username, name, agency, roles: [role], post };
}
