import { describe, expect, it } from '@jest/globals';
import type { Disclosable, Viewer } from '../../../libs/disclosure/terms.js';
import { kindsSeen, type FactKinds } from './kinds.js';

const casey: Viewer = { who: 'casey.manager', agency: 'yos', roles: ['case-manager'] };
const arrest: Disclosable = { agency: 'police', category: 'offending', handling: '' };
const health: Disclosable = { agency: 'health', category: 'health-detail', handling: '' };
const hidden = (kind: Disclosable): Disclosable => ({ ...kind, handling: 'originator-only' });

const fact = (...versions: Disclosable[]): FactKinds => {
  const holds = versions.at(-1);
  return { versions, live: versions, ...(holds ? { holds } : {}) };
};
const withdrawn = (...versions: Disclosable[]): FactKinds => ({ versions, live: versions });
const seen = (...facts: FactKinds[]) => kindsSeen(casey, 'case-management', facts);

describe('the kinds of entry somebody sees', () => {
  it('tells nothing of a fact that its source has since hidden', () => {
    expect(seen(fact(arrest, hidden(arrest)))).toMatchObject({ shown: [], withheld: [] });
    expect(seen(fact(health, hidden(health)))).toMatchObject({ shown: [], withheld: [] });
    expect(seen(withdrawn(health, hidden(health))).withheld).toEqual([]);
  });

  it('says that something is withheld while it holds, and not once it is withdrawn', () => {
    expect(seen(fact(health)).withheld).toMatchObject([{ agency: 'health' }]);
    expect(seen(fact(hidden(health), health)).withheld).toEqual([]);
    expect(seen(withdrawn(health)).withheld).toEqual([]);
  });

  it('shows every version where none is hidden, also of what was withdrawn, and else the one that holds', () => {
    const court: Disclosable = { agency: 'court', category: 'court', handling: '' };
    expect(seen(fact(arrest, court)).shown).toEqual([arrest, court]);
    expect(seen(withdrawn(arrest)).shown).toEqual([arrest]);
    expect(seen(fact(hidden(arrest), court)).shown).toEqual([court]);
    expect(seen(fact(health, court))).toMatchObject({ shown: [court], withheld: [] });
  });

  it('leaves out of the filters what is linked to another child now', () => {
    expect(seen({ versions: [arrest], live: [] })).toEqual({ full: [arrest], shown: [], withheld: [] });
  });
});
