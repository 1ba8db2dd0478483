import { describe, expect, it } from '@jest/globals';
import { givenNamesOf } from './given-names.js';
import { partition, type Claim, type RecordClaims } from './partition.js';

function called(record: string, system: string, claims: readonly string[], givenNames: string): RecordClaims {
  const given = givenNamesOf(givenNames);
  const parsed = claims.map((claim): Claim => {
    const [kind, value] = claim.split(':');
    return { kind: kind as Claim['kind'], value: value ?? '' };
  });
  return { record, system, birth: 'b', claims: parsed, ...(given ? { given } : {}) };
}

function why(records: readonly RecordClaims[]): Record<string, string> {
  return Object.fromEntries(partition(records).untrusted.map((one) => [`${one.kind}:${one.value}`, one.why]));
}

describe('a number that people of two names claim', () => {
  const rowan = [called('yos', 'yos', ['nhs:1'], 'Rowan'), called('health', 'health', ['nhs:1'], 'Rowan James')];
  const twin = called('twin', 'police', ['nhs:1'], 'Reed');

  it('joins those of one name, and nobody across', () => {
    expect(partition([twin, ...rowan]).groups).toEqual([['health', 'yos'], ['twin']]);
    expect(why([twin, ...rowan])).toEqual({ 'nhs:1': 'named-otherwise' });
  });

  it('joins nobody of whom no name is said: whose it is nobody says', () => {
    const unnamed = called('court', 'court', ['nhs:1'], '');
    expect(partition([unnamed, ...rowan]).groups).toHaveLength(1);
    expect(partition([unnamed, twin, ...rowan]).groups).toEqual([['court'], ['health', 'yos'], ['twin']]);
  });

  it('joins nobody of two names by one that might be either’s', () => {
    const initial = called('initial', 'court', ['nhs:1'], 'R');
    expect(partition([initial, ...rowan]).groups).toHaveLength(1);
    expect(partition([initial, twin, ...rowan]).groups).toHaveLength(4);
  });

  it('does not join them through a record that claims a number of each', () => {
    const chain = [
      ...rowan,
      called('twin', 'police', ['upn:1'], 'Reed'),
      called('school', 'education', ['nhs:1', 'upn:1'], ''),
    ];
    expect(partition(chain).groups).toHaveLength(4);
    expect(why(chain)).toEqual({ 'nhs:1': 'contradicted-in-chain', 'upn:1': 'contradicted-in-chain' });
  });
});
