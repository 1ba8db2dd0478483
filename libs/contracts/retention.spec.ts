import { describe, expect, it } from '@jest/globals';
import { categories } from '../disclosure/terms.js';
import { catalogue } from './catalogue.js';
import { Retention, RetentionSchema } from './gen/hub/options/v1/options_pb.js';
import { retentionOf, retentions, type RetentionRule } from './retention.js';

const rules: readonly RetentionRule[] = Object.values(retentions);

describe('how long an event is kept', () => {
  it('is settled by one class for every category that disclosure knows', () => {
    const named = rules.flatMap((rule) => [...rule.categories]);
    expect(named.toSorted()).toEqual([...Object.keys(categories), 'annotation', 'correction'].toSorted());
  });

  it('is that of its category, unless the event says otherwise', () => {
    expect(catalogue.get('hub.court.v1.ResultRecorded')?.retention).toBe('order');
    expect(catalogue.get('hub.secure_estate.v1.ReceivedIntoCustody')?.retention).toBe('looked-after');
  });

  it('has a class for each that an event may state', () => {
    const stated = RetentionSchema.values.slice(1).map(({ localName }) => localName.toLowerCase().replaceAll('_', '-'));
    expect(stated.toSorted()).toEqual(Object.keys(retentions).toSorted());
    expect(retentionOf(Retention.OUT_OF_COURT, 'court')).toBe('out-of-court');
  });

  it('is nothing for a category that the table does not name', () => {
    expect(retentionOf(Retention.UNSPECIFIED, 'weather')).toBeUndefined();
  });
});
