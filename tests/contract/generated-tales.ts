import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { encode } from '../../libs/contracts/catalogue.js';
import { ExploitationKind, IndicatorStrength } from '../../libs/contracts/gen/hub/common/v1/exploitation_pb.js';
import {
  MissingReported_RiskGrade as Risk,
  MissingReportedSchema,
} from '../../libs/contracts/gen/hub/police/v1/police_pb.js';
import { ExploitationIndicatorRecordedSchema } from '../../libs/contracts/gen/hub/social_care/v1/exploitation_pb.js';
import type { Viewer } from '../../libs/disclosure/terms.js';
import type { Spoken } from '../acceptance/portal-server.js';
import { agencies, table, type Told } from './disclosure-oracle.js';

const categories = [...new Set(table.flatMap(({ full, flag }) => [...full, ...flag])), 'unheard-of'];
const marks = ['professional-only', 'conditions-apply', 'originator-only', 'existence-discloses', 'unheard-of'];
const roles = [...new Set(table.map(({ role }) => role)), 'made-up'].filter((role) => role !== 'named-case-manager');
export const purposes = [...new Set(table.flatMap((row) => row.purposes)), 'publishing-partner', 'made-up'];

const handling = fc.oneof(
  { weight: 3, arbitrary: fc.constant('') },
  { weight: 4, arbitrary: fc.constantFrom(...marks) },
  {
    weight: 2,
    arbitrary: fc.uniqueArray(fc.constantFrom(...marks), { minLength: 2, maxLength: 2 }).map((two) => two.join(' ')),
  },
);

/** Reports and signs are what duties, boards, loops and meetings go by, whatever category and handling their source gives them. */
const sayings = ['appointment', 'missing', 'sign'] as const;
export type Tale = Told & { readonly says: (typeof sayings)[number] };

/** A source may mark a fact otherwise when it corrects it; it stays that source's fact. */
export const facts: fc.Arbitrary<Tale> = fc
  .record({
    agency: fc.constantFrom(...agencies),
    category: fc.constantFrom(...categories),
    handlings: fc.array(handling, { minLength: 1, maxLength: 3 }),
    withdrawn: fc.boolean(),
    says: fc.constantFrom(...sayings),
  })
  .map(({ agency, category, handlings, ...told }) => ({
    ...told,
    versions: handlings.map((one) => ({ agency, category, handling: one })),
  }));

export const viewers: fc.Arbitrary<Viewer> = fc.oneof(
  fc.constantFrom(...agencies).map((agency) => ({ who: agency, agency, roles: ['system'] })),
  fc
    .constantFrom(...table.filter(({ role }) => role !== 'system' && role !== 'named-case-manager'))
    .chain(({ agency, role }) =>
      fc.record({
        who: fc.constantFrom('casey.manager', 'some.body'),
        agency: fc.constant(agency),
        roles: fc
          .subarray(
            roles.filter((one) => one !== 'system'),
            { maxLength: 1 },
          )
          .map((more) => [role, ...more]),
      }),
    ),
);

/** What a source says in this way, with `word` in it; undefined: as `PortalServer.record` says it by itself. */
export function spokenAs(says: Tale['says'], word: string): Spoken | undefined {
  const reference = randomUUID();
  const signs = { kind: ExploitationKind.COUNTY_LINES, strength: IndicatorStrength.STRONG };
  if (says === 'missing') {
    const data = encode(MissingReportedSchema, { reportReference: reference, risk: Risk.HIGH, force: word });
    return { type: 'hub.police.v1.MissingReported', data };
  }
  if (says === 'sign') {
    const data = encode(ExploitationIndicatorRecordedSchema, { indicatorReference: reference, ...signs, detail: word });
    return { type: 'hub.social_care.v1.ExploitationIndicatorRecorded', data };
  }
  return undefined;
}
