import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { loadRulebook } from '../../../libs/duties/rulebook/load-rulebook.js';
import { loopModel } from './loop-model.js';

const { rules } = loadRulebook(undefined);
const loop = {
  child: { id: randomUUID(), provisional: false },
  at: '2026-05-20T12:00:00Z',
  episodes: [],
  waiting: new Set<string>(),
  may: { prevention: false, interview: false, use: false },
};

describe('what the page of a loop says was done', () => {
  it('is said of the forms that it has, and of nothing else that its address names', () => {
    expect(loopModel(loop, rules, 'interview').done).toMatch(/^Recorded/);
    for (const name of [undefined, '', 'sent', '__proto__', 'constructor']) {
      expect(loopModel(loop, rules, name).done).toBeUndefined();
    }
  });
});
