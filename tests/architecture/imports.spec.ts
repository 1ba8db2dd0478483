import { beforeAll, describe, expect, it } from '@jest/globals';
import { kept, violations } from './imports.probes.js';
import { house, planted, run, type Tree } from './planted.js';

interface Violation {
  readonly from: string;
  readonly to: string;
  readonly rule: { readonly name: string };
}
interface Cruise {
  readonly summary: {
    readonly violations: readonly Violation[];
    readonly totalCruised: number;
    readonly ruleSetUsed: { readonly forbidden: readonly { readonly name: string }[] };
  };
}

describe('the rules of imports', () => {
  let probes: Cruise;

  beforeAll(async () => {
    const everything = Object.assign({}, kept, ...Object.values(violations)) as Tree;
    probes = await planted(everything, cruise);
  }, 60_000);

  it.each(Object.entries(violations))('%s: a planted violation is found', (rule, tree) => {
    const culprit = Object.keys(tree)[0];
    expect(rulesBrokenBy(probes, culprit)).toContain(rule);
  });

  it('there is a probe for every rule', () => {
    const rules = probes.summary.ruleSetUsed.forbidden.map(({ name }) => name);
    expect(Object.keys(violations).sort()).toEqual(rules.sort());
  });

  it.each(Object.keys(kept))('%s keeps them', (file) => {
    expect(rulesBrokenBy(probes, file)).toEqual([]);
  });

  it('the tree as it is keeps them', async () => {
    const { summary } = await cruise(house);
    expect(summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)).toEqual([]);
    expect(summary.totalCruised).toBeGreaterThan(50);
  }, 60_000);
});

async function cruise(folder: string): Promise<Cruise> {
  const args = ['--config', '.dependency-cruiser.mjs', '--output-type', 'json', 'apps', 'libs', 'tests'];
  return JSON.parse(await run(folder, 'dependency-cruiser/bin/dependency-cruiser.mjs', args)) as Cruise;
}

function rulesBrokenBy(cruised: Cruise, file: string | undefined): string[] {
  return cruised.summary.violations.filter(({ from }) => from === file).map(({ rule }) => rule.name);
}
