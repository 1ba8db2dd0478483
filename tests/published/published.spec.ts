import { describe, expect, it } from '@jest/globals';
import { translate } from '../../libs/adapters/registry.js';
import { factsIn } from '../../libs/testing/translation/facts-in.js';
import { expected } from './expected/expected.js';
import type { Expected } from './expected/what-comes-of-it.js';
import { bytesOf, published, sent } from './samples.js';

process.stdout.write(`published samples: ${published.length} run\n`);

if (published.length === 0) {
  it('has no published samples to run', () => {
    expect(Object.keys(expected)).not.toEqual([]);
  });
} else {
  it('says of every published file, and of no other, what must come of it', () => {
    expect(Object.keys(expected).toSorted()).toEqual(published);
  });

  describe.each(published.map((file) => [file]))('%s', (file) => {
    it.each(
      (expected[file] ?? []).map(
        (one) => [one.attributes ? 'when the publisher adds what it lacks' : 'as it is', one] as const,
      ),
    )('%s', (_, one) => {
      expect(actual(file, one)).toEqual(wanted(one));
    });
  });
}

function wanted({ facts = [], counted, outcomes = [], covers = 0 }: Expected) {
  const listed = facts.map(({ type, record, key, ...more }) => ({
    type,
    record,
    key: [type, record, ...key],
    ...more,
  }));
  return {
    facts: counted ?? listed,
    outcomes: outcomes.map(([outcome, code, pointer]) => [outcome, code, pointer]),
    covers,
  };
}

function actual(file: string, { agency, attributes, counted }: Expected) {
  const translation = translate(sent(agency, bytesOf(file), attributes));
  const facts = factsIn(translation);
  const listed = facts.map(({ type, record, key, occurred, onlyIfKnown }) => ({
    type,
    record: record.key,
    key,
    occurred: occurred.at,
    onlyIfKnown: onlyIfKnown?.code ?? null,
    identifiers: record.person.identifiers.map(({ kind }) => kind),
  }));
  const types = [...new Set(listed.map(({ type }) => type))].join(', ');
  return {
    facts: counted
      ? { type: types, facts: facts.length, records: new Set(listed.map(({ record }) => record)).size }
      : listed,
    outcomes: translation.items.flatMap((item) =>
      item.outcome === 'fact'
        ? []
        : [
            [
              item.outcome,
              typeof item.reason === 'string' ? item.reason : item.reason.code,
              'pointer' in item ? item.pointer : undefined,
            ],
          ],
    ),
    covers: translation.covers.length,
  };
}
