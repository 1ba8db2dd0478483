import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { catalogue } from '../contracts/catalogue.js';
import { agencies, type Agency } from '../kernel/agency.js';
import { allowedPurposes, decide, forChild } from './decide.js';
import { purposeOf, type Page } from './pages.js';
import { policy } from './policy.js';
import { mayKnow, reachOf } from './reach.js';
import { disclose } from './redact.js';
import { sightOf } from './sight.js';
import { categories, handlings, purposes, roles, type Disclosable, type Viewer } from './terms.js';

const somebody = (agency: string, ...held: string[]): Viewer => ({ who: 'somebody', agency, roles: held });
const entry = (agency: Agency, category: string, handling = ''): Disclosable => ({ agency, category, handling });

const agency = fc.constantFrom(...agencies, 'nobody');
const purpose = fc.constantFrom(...Object.keys(purposes), 'curiosity', 'constructor', '');
const statedPurpose = purpose.filter((why) => why !== 'emergency');
const viewer = fc.record({
  who: fc.constantFrom('somebody', 'another'),
  agency,
  roles: fc.subarray([...roles, 'administrator', 'constructor']),
});
const handling = fc
  .subarray([...Object.keys(handlings), 'secret', 'toString'], { maxLength: 2 })
  .map((marks) => marks.join(' '));
const category = fc.constantFrom(...Object.keys(categories), 'unheard-of', 'constructor', '');
const disclosable = fc.record({ agency: fc.constantFrom(...agencies), category, handling });

describe('all that somebody sees', () => {
  it('is what is decided of each entry', () => {
    fc.assert(
      fc.property(viewer, purpose, disclosable, (who, why, what) => {
        const { publishedBy, ofOthers } = sightOf(who, why);
        const seen =
          publishedBy.some((own) => own === what.agency) ||
          ofOthers.some((kind) => kind.category === what.category && kind.handling === what.handling);
        expect(seen).toBe(decide(who, why, what) === 'full');
      }),
      { numRuns: 2_000 },
    );
  });

  it('is wider for who holds the case', () => {
    const caseManager = somebody('yos', 'case-manager');
    const detail = { category: 'health-detail', handling: 'existence-discloses professional-only' };
    expect(sightOf(caseManager, 'case-management').ofOthers).not.toContainEqual(detail);
    expect(sightOf(forChild(caseManager, ['somebody']), 'case-management').ofOthers).toContainEqual(detail);
  });
});

describe('who sees what', () => {
  const caseManager = somebody('yos', 'case-manager');

  it('a case manager sees what agencies published about a child they work with', () => {
    expect(decide(caseManager, 'case-management', entry('court', 'court'))).toBe('full');
    expect(decide(caseManager, 'case-management', entry('social-care', 'return-interview', 'professional-only'))).toBe(
      'full',
    );
    expect(decide(caseManager, 'case-management', entry('police', 'intelligence'))).toBe('hidden');
  });

  it('health detail is for health and the named case manager; others see that there is something', () => {
    const detail = entry('health', 'health-detail');
    expect(decide(caseManager, 'case-management', detail)).toBe('flag');
    expect(decide(forChild(caseManager, ['somebody']), 'case-management', detail)).toBe('full');
    expect(decide(forChild(caseManager, ['another']), 'case-management', detail)).toBe('flag');
    expect(decide(somebody('health', 'lead'), 'safeguarding', detail)).toBe('full');
    expect(decide(somebody('police', 'officer'), 'safeguarding', detail)).toBe('hidden');
  });

  it('a named cover sees what the named case manager sees, whatever roles and whoever holds the case', () => {
    const detail = entry('health', 'health-detail');
    fc.assert(
      fc.property(viewer, fc.boolean(), fc.boolean(), (one, holds, covers) => {
        const stands = forChild(one, holds ? [one.who] : ['holder'], covers ? [one.who] : []);
        const named = one.agency === 'yos' && one.roles.includes('case-manager') && (holds || covers);
        expect(stands.holdsCase).toBe(named);
        expect(decide(stands, 'case-management', detail)).toBe(
          decide(forChild(one, named ? [one.who] : []), 'case-management', detail),
        );
      }),
    );
  });

  it('what keeps a child alive reaches those who have the child tonight', () => {
    const vital = entry('health', 'health-vital');
    expect(decide(somebody('police', 'officer'), 'duty', vital)).toBe('full');
    expect(decide(somebody('secure-estate', 'lead'), 'safeguarding', vital)).toBe('full');
    expect(decide(somebody('yos', 'duty-officer'), 'duty', vital)).toBe('full');
  });

  it('a victim is never in probation’s view', () => {
    for (const why of Object.keys(purposes)) {
      expect(decide(somebody('probation', 'officer', 'system'), why, entry('yos', 'victim'))).toBe('hidden');
    }
  });

  it('a token that claims to be the named case manager gains nothing by it', () => {
    const claims = somebody('yos', 'case-manager', 'named-case-manager');
    expect(decide(claims, 'case-management', entry('health', 'health-detail'))).toBe('flag');
    expect(allowedPurposes(somebody('yos', 'named-case-manager'))).toEqual([]);
  });

  it('a system is not a professional, and an auditor sees that there was something', () => {
    const interview = entry('social-care', 'return-interview', 'professional-only');
    expect(decide(somebody('yos', 'system'), 'case-management', interview)).toBe('flag');
    expect(decide(somebody('yos', 'auditor'), 'audit', interview)).toBe('flag');
  });

  it('what discloses by existing is shown in full or leaves no trace', () => {
    const quiet = entry('health', 'health-detail', 'existence-discloses');
    expect(decide(caseManager, 'case-management', quiet)).toBe('hidden');
    expect(decide(forChild(caseManager, ['somebody']), 'case-management', quiet)).toBe('full');
    const asked = entry('police', 'missing', 'conditions-apply existence-discloses');
    expect(decide(caseManager, 'case-management', asked)).toBe('hidden');
  });

  it('handling that nobody knows is the strictest', () => {
    expect(decide(caseManager, 'case-management', entry('court', 'court', 'shred-after-reading'))).toBe('hidden');
    expect(decide(caseManager, 'case-management', entry('court', 'court', 'originator-only'))).toBe('hidden');
  });
});

describe('any viewer, purpose and entry', () => {
  it('sees in full only what its agency published, or what a row of the policy grants', () => {
    fc.assert(
      fc.property(viewer, statedPurpose, disclosable, fc.boolean(), (who, why, what, holdsCase) => {
        const level = decide({ ...who, holdsCase }, why, what);
        const rows = policy.filter(
          (row) =>
            row.agency === who.agency &&
            (row.purposes as string[]).includes(why) &&
            (row.role === 'named-case-manager' ? holdsCase : who.roles.includes(row.role)),
        );
        const names = (level_: 'full' | 'flag'): boolean =>
          rows.some((row) => (row[level_] as readonly string[]).includes(what.category));
        if (rows.length === 0) expect(level).toBe('hidden');
        else if (what.agency === who.agency) expect(level).toBe('full');
        else if (level === 'full') expect(names('full')).toBe(true);
        else if (level === 'flag') expect(names('full') || names('flag')).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('never gains by handling', () => {
    const rank = { hidden: 0, flag: 1, full: 2 };
    fc.assert(
      fc.property(viewer, purpose, disclosable, (who, why, what) => {
        const plain = decide(who, why, { ...what, handling: '' });
        expect(rank[decide(who, why, what)]).toBeLessThanOrEqual(rank[plain]);
      }),
    );
  });

  it('gets the same answer whether what is hidden is there or not', () => {
    fc.assert(
      fc.property(viewer, purpose, fc.array(disclosable, { maxLength: 20 }), (who, why, all) => {
        const visible = all.filter((one) => decide(who, why, one) !== 'hidden');
        expect(disclose(who, why, all)).toEqual(disclose(who, why, visible));
      }),
    );
  });

  it('learns of what is withheld one line an agency, in no order but the agencies’ own', () => {
    fc.assert(
      fc.property(viewer, purpose, fc.array(disclosable, { maxLength: 20 }), (who, why, all) => {
        const { shown, withheld } = disclose(who, why, all);
        expect(shown).toEqual(all.filter((one) => decide(who, why, one) === 'full'));
        const flagged = all.filter((one) => decide(who, why, one) === 'flag').map((one) => one.agency);
        expect(withheld.map((line) => line.agency)).toEqual(agencies.filter((name) => flagged.includes(name)));
        expect(new Set(withheld.map(({ reason }) => reason)).size).toBeLessThan(2);
        for (const line of withheld) expect(Object.keys(line).sort()).toEqual(['agency', 'reason']);
        expect(disclose(who, why, [...all, ...all]).withheld).toEqual(withheld);
        expect(disclose(who, why, [...all].reverse()).withheld).toEqual(withheld);
      }),
    );
  });

  it('knows of no child for a purpose that is not theirs', () => {
    fc.assert(
      fc.property(viewer, purpose, (who, why) => {
        if ((allowedPurposes(who) as string[]).includes(why)) return;
        expect(mayKnow(who, why, { allocatedTo: [who.who], agenciesWithRecords: agencies })).toBe(false);
        expect(reachOf(who, why)).toEqual({ recordsOf: [], openCases: false });
      }),
    );
  });
});

describe('which children', () => {
  const child = (allocatedTo: string[], ...agenciesWithRecords: Agency[]) => ({ allocatedTo, agenciesWithRecords });

  it('a case manager knows of those with an open case, whoever holds it', () => {
    const who = somebody('yos', 'case-manager');
    expect(mayKnow(who, 'case-management', child(['another'], 'yos'))).toBe(true);
    expect(mayKnow(who, 'case-management', child([], 'yos', 'court'))).toBe(false);
  });

  it('the team manager and the duty officer know of those before a court as well, and of closed cases', () => {
    expect(mayKnow(somebody('yos', 'team-manager'), 'supervision-of-staff', child([], 'court'))).toBe(true);
    expect(mayKnow(somebody('yos', 'duty-officer'), 'duty', child([], 'yos'))).toBe(true);
    expect(mayKnow(somebody('yos', 'team-manager'), 'supervision-of-staff', child([], 'social-care'))).toBe(false);
    expect(mayKnow(somebody('yos', 'auditor'), 'audit', child([], 'court'))).toBe(false);
  });

  it('another agency knows of those it has a record of', () => {
    const officer = somebody('police', 'officer');
    expect(mayKnow(officer, 'safeguarding', child(['x'], 'yos', 'police'))).toBe(true);
    expect(mayKnow(officer, 'safeguarding', child(['x'], 'yos', 'social-care'))).toBe(false);
    expect(mayKnow(officer, 'case-management', child(['x'], 'police'))).toBe(false);
  });

  it('an agency without people in the policy knows of none', () => {
    expect(mayKnow(somebody('court', 'officer'), 'safeguarding', child([], 'court'))).toBe(false);
  });
});

describe('the portal', () => {
  it.each<[string, string, Page, string | undefined]>([
    ['yos', 'case-manager', 'timeline', 'case-management'],
    ['yos', 'team-manager', 'caseload', 'supervision-of-staff'],
    ['yos', 'duty-officer', 'search', 'duty'],
    ['police', 'officer', 'timeline', 'safeguarding'],
    ['probation', 'officer', 'timeline', 'transition'],
    ['yos', 'auditor', 'audit', 'audit'],
    ['yos', 'case-manager', 'audit', undefined],
    ['yos', 'system', 'timeline', undefined],
    ['court', 'officer', 'timeline', undefined],
    ['yos', 'constructor', 'timeline', undefined],
  ])('%s %s opens %s for %s', (name, role, page, expected) => {
    expect(purposeOf(somebody(name, role), page)).toBe(expected);
  });

  it('never states a purpose that the policy does not allow', () => {
    fc.assert(
      fc.property(viewer, fc.constantFrom<Page>('caseload', 'search', 'timeline', 'audit'), (who, page) => {
        const why = purposeOf(who, page);
        if (why !== undefined) expect(allowedPurposes(who)).toContain(why);
      }),
    );
  });
});

describe('the policy', () => {
  it('says one thing of one category in a row, and has one row for an agency, role and purpose', () => {
    const seats = policy.flatMap((row) => row.purposes.map((why) => `${row.agency} ${row.role} ${why}`));
    expect(new Set(seats).size).toBe(seats.length);
    for (const { full, flag } of policy) expect(new Set([...full, ...flag]).size).toBe(full.length + flag.length);
  });

  it('never relies on the gateway that is closed to health and social care', () => {
    for (const { authority } of policy) expect(authority).not.toMatch(/PCSC|Sentencing and Courts/);
  });

  it('knows every category that a contract declares, except of corrections and annotations, which are no entries', () => {
    const declared = new Set([...catalogue.values()].map((contract) => contract.category));
    declared.delete('correction');
    declared.delete('annotation');
    expect(Object.keys(categories)).toEqual(expect.arrayContaining([...declared]));
    for (const contract of catalogue.values()) expect(['', ...Object.keys(handlings)]).toContain(contract.handling);
  });

  it('is what the README says it is', () => {
    const readme = readFileSync(new URL('./README.md', import.meta.url), 'utf8');
    const cell = (names: readonly string[]): string => names.join(', ') || '–';
    for (const row of policy.filter(({ purposes: [first] }) => first !== 'publishing-partner')) {
      expect(readme).toContain(
        `|${row.agency} ${row.role}|${cell(row.purposes)}|${cell(row.full)}|${cell(row.flag)}|${row.authority}|`,
      );
    }
  });
});
