import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { firstVersionOf, newestType, upcast, versionsOf } from './evolution.js';
import { upcasters, type Upcaster } from './upcasters.js';

const registry = upcasters as Map<string, Upcaster>;
const appending = (to: string, byte: number): Upcaster => ({ to, upcast: (old) => Uint8Array.of(...old, byte) });

describe('an event that has older versions', () => {
  beforeEach(() => {
    registry.set('hub.test.v1.Fact', appending('hub.test.v2.Fact', 2));
    registry.set('hub.test.v2.Fact', appending('hub.test.v3.Fact', 3));
  });
  afterEach(() => {
    registry.delete('hub.test.v1.Fact');
    registry.delete('hub.test.v2.Fact');
  });

  it('is read in the newest shape, from whichever version it was stored in', () => {
    const newest = { type: 'hub.test.v3.Fact', data: Uint8Array.of(1, 2, 3) };
    expect(upcast({ type: 'hub.test.v1.Fact', data: Uint8Array.of(1) })).toEqual(newest);
    expect(upcast({ type: 'hub.test.v2.Fact', data: Uint8Array.of(1, 2) })).toEqual(newest);
    expect(upcast(newest)).toBe(newest);
  });

  it('has one newest type, and all its versions are found by it', () => {
    const types = ['hub.test.v1.Fact', 'hub.test.v2.Fact', 'hub.test.v3.Fact'];
    expect(types.map(newestType)).toEqual(types.map(() => 'hub.test.v3.Fact'));
    expect(versionsOf('hub.test.v3.Fact').toSorted()).toEqual(types);
  });

  it('states the same fact in every version', () => {
    expect(['hub.test.v1.Fact', 'hub.test.v2.Fact', 'hub.test.v3.Fact'].map(firstVersionOf)).toEqual([
      'hub.test.v1.Fact',
      'hub.test.v1.Fact',
      'hub.test.v1.Fact',
    ]);
  });
});

it('an event with one version is read as it is', () => {
  const stored = { type: 'hub.police.v1.Charged', data: Uint8Array.of(1) };
  expect(upcast(stored)).toBe(stored);
  expect(versionsOf(stored.type)).toEqual([stored.type]);
  expect(firstVersionOf(stored.type)).toBe(stored.type);
});
