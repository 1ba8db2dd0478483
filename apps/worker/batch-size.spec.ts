import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BatchSize } from './batch-size.js';

const settings = { batch: 1_000, leaseSeconds: 10 };

describe('how many messages a worker claims at once', () => {
  it('halves when a batch takes a quarter of its lease, down to fifty', () => {
    const size = new BatchSize(settings);
    const seen = Array.from({ length: 6 }, () => {
      size.took(2_600, size.now);
      return size.now;
    });
    expect(seen).toEqual([500, 250, 125, 63, 50, 50]);
  });

  it('starts from what was in hand, when less than a batch was already too long', () => {
    const size = new BatchSize(settings);
    size.took(9_000, 200);
    expect(size.now).toBe(100);
  });

  it('grows again by whole batches that go quickly, and by nothing else', () => {
    const size = new BatchSize(settings);
    size.took(3_000, 1_000);
    size.took(10, 3);
    size.took(2_000, 500);
    expect(size.now).toBe(500);
    size.took(1_000, 500);
    size.took(1_000, 1_000);
    expect(size.now).toBe(1_000);
  });

  it('never asks for more than is set, even where that is less than fifty', () => {
    const size = new BatchSize({ batch: 10, leaseSeconds: 10 });
    size.took(60_000, 10);
    expect(size.now).toBe(10);
  });

  it('comes to a size that is done within its lease, with three in hand, at any pace of five messages a second and more', () => {
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 100_000 }), (perSecond) => {
        const size = new BatchSize(settings);
        const tookMs = () => (size.now / perSecond) * 1_000;
        for (let batches = 0; batches < 20; batches += 1) size.took(tookMs(), size.now);
        expect(tookMs()).toBeLessThanOrEqual(10_000);
      }),
    );
  });
});
