import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MissingReportedSchema } from '../contracts/gen/hub/police/v1/police_pb.js';
import {
  MeetingActionDoneSchema,
  MeetingActionSetSchema,
  MeetingDecidedSchema,
} from '../contracts/gen/hub/record/v1/meetings_pb.js';
import { loadRulebook } from '../duties/rulebook/load-rulebook.js';
import type { BoardPlace, HeldFact } from '../kernel/capability.js';
import { derived, fact } from '../testing/reactions/given.js';
import { actionsOf, decisionsOf } from './actions.js';
import { reasonsAmong, whyDue } from './due.js';
import { convenes, forumOf, seatsOf, type Forum } from './forum.js';
import { meetings } from './meetings.js';
import { periodOf } from './period.js';

const { rules } = loadRulebook(undefined);
const mog = named('mog');
const cog = named('cog');
const since = '2026-05-01T10:00:00Z';
const report = (ref: string, at: string, came = {}) => fact(MissingReportedSchema, at, { reportReference: ref }, came);
const terry = { who: 'terry.lead', name: 'Terry Lead', role: 'team-manager' };
const set = (action: string, more: object = {}, at = '2026-05-05T10:30:00Z') =>
  fact(
    MeetingActionSetSchema,
    at,
    {
      ...{ action, meeting: 'may', forum: 'mog', task: 'See the carer', by: terry },
      ...{ ownerAgency: 'social-care', ownerRole: 'social-worker', dueOn: '2026-05-12', ...more },
    },
    { by: 'yos' },
  );
const done = (action: string, at = '2026-05-08T09:00:00Z') =>
  fact(MeetingActionDoneSchema, at, { action, by: terry }, { by: 'social-care' });
const due = (forum: Forum, facts: readonly HeldFact[], boards: readonly BoardPlace[] = []) =>
  whyDue(forum, { facts, boards }, since).map(({ why }) => why);
const on = (board: string, ...causes: string[]): BoardPlace => ({ board, causes, at: since });

describe('who is due at a meeting', () => {
  it.each<[string, Forum, HeldFact[], BoardPlace[], string[]]>([
    ['a child nothing is known of', mog, [], [], []],
    ['a child missing now', mog, [], [on('missing-now', 'a')], ['missing-now']],
    ['a child whose interview is open', mog, [], [on('interviews-due', 'a')], ['interview-due']],
    [
      'a child reported missing since the last meeting',
      mog,
      [report('1', '2026-05-02T20:00:00Z')],
      [],
      ['missing-since'],
    ],
    ['a child whose last episode was before it', mog, [report('1', '2026-04-30T20:00:00Z')], [], []],
    [
      'an episode before it that the hub was told of after',
      mog,
      [report('1', '2026-04-30T20:00:00Z', { received: '2026-05-03T09:00:00Z' })],
      [],
      ['missing-since'],
    ],
    [
      'an episode of last year that the hub was told of after',
      mog,
      [report('1', '2025-05-02T20:00:00Z', { received: '2026-05-03T09:00:00Z' })],
      [],
      [],
    ],
    ['an episode brought as history', mog, [report('1', '2026-05-02T20:00:00Z', { history: true })], [], []],
    ['a concern about exploitation', mog, [], [on('exploitation', 'a')], []],
    ['a concern that is at least emerging', cog, [], [on('exploitation', 'a')], ['exploitation']],
    ['a missing child without a concern', cog, [], [on('missing-now', 'a')], []],
    ['an action that is open', mog, [set('a')], [], ['open-action']],
    ['an action of the other group', cog, [set('a')], [], []],
    ['an action that is done', mog, [set('a'), done('a')], [], []],
    ['an action said to be done before it was set', mog, [done('a', '2026-05-04T09:00:00Z'), set('a')], [], []],
  ])('%s', (_, forum, facts, boards, why) => {
    expect(due(forum, facts, boards)).toEqual(why);
    expect(due(forum, facts.toReversed(), boards)).toEqual(why);
  });

  it('for a reader of some facts is due for no more reasons, whichever they are', () => {
    const all = [report('1', '2026-05-02T20:00:00Z'), report('2', '2026-05-03T20:00:00Z'), set('a'), set('b')];
    fc.assert(
      fc.property(fc.subarray(all), (some) => {
        const whole = whyDue(mog, { facts: all, boards: [] }, since);
        const left = whyDue(mog, { facts: some, boards: [] }, since);
        // Asking with fewer facts, and leaving out reasons by facts, are the same where reasons are facts.
        expect(reasonsAmong(whole, new Set(some.map((one) => one.fact)))).toEqual(left);
      }),
    );
  });
});

describe('what a meeting looks at', () => {
  const may = { id: 'may', on: '2026-05-05' };
  const april = { id: 'april', on: '2026-04-07', heldAt: '2026-04-07T11:00:00Z' };
  const march = { id: 'march', on: '2026-03-03', heldAt: '2026-04-20T11:00:00Z' };

  it('is what was recorded since the last one that was held, whenever it was closed', () => {
    expect(periodOf(mog, may, [april, may], '2026-05-20')).toEqual({ since: april.heldAt });
    expect(periodOf(mog, may, [march, april], '2026-05-20')).toEqual({ since: march.heldAt });
    expect(periodOf(mog, { ...may, heldAt: '2026-05-05T12:00:00Z' }, [april], '2026-05-20').until).toBe(
      '2026-05-05T12:00:00Z',
    );
  });

  it('is four weeks where there was none, and one that never came about is none', () => {
    expect(periodOf(mog, may, [{ id: 'april', on: '2026-04-07' }], '2026-05-20')).toEqual({
      since: '2026-04-06T23:00:00Z',
    });
    // Called long before its day, it looks back from today.
    expect(periodOf(mog, may, [], '2026-02-01')).toEqual({ since: '2026-01-04T00:00:00Z' });
  });
});

describe('who sits there', () => {
  it('is an agency and a role; the service convenes and writes down', () => {
    expect(seatsOf(mog, 'police', ['officer'])).toHaveLength(1);
    expect(seatsOf(mog, 'police', ['team-manager'])).toEqual([]);
    expect(seatsOf(mog, 'secure-estate', ['lead'])).toEqual([]);
    expect(convenes(mog, 'yos', ['team-manager'])).toBe(true);
    expect(convenes(mog, 'police', ['team-manager', 'officer'])).toBe(false);
  });
});

describe('an action of a meeting', () => {
  it('is its owner’s to do until the end of its day, and is told to them', () => {
    const { duties, notices } = derived(meetings, [set('a')], rules, '2026-05-06T09:00:00Z');
    expect(duties).toEqual(['meeting-action social-care open 2026-05-12T22:59']);
    expect(notices).toEqual(['meeting-action-set social-care/social-worker ordinary']);
  });

  it('is chased: before its day, after it, and then with their manager', () => {
    const kinds = (at: string) => derived(meetings, [set('a')], rules, at).notices.map((one) => one.split(' ')[0]);
    expect(kinds('2026-05-11T09:00:00Z')).toContain('meeting-action-due-soon');
    expect(kinds('2026-05-13T09:00:00Z')).toContain('meeting-action-late');
    expect(kinds('2026-05-18T09:00:00Z')).toContain('meeting-action-escalated-team-manager');
  });

  it('is met by whoever says first that it is done, in any order', () => {
    const facts = [
      set('a'),
      done('a'),
      done('a', '2026-05-09T09:00:00Z'),
      set('b', { ownerAgency: 'yos', ownerRole: 'case-manager' }),
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(facts, { minLength: facts.length }), (order) => {
        const { duties, whole } = derived(meetings, order, rules, '2026-05-20T09:00:00Z');
        expect(duties).toEqual([
          'meeting-action social-care met 2026-05-12T22:59',
          'meeting-action yos late 2026-05-12T22:59',
        ]);
        expect(whole.duties[0]?.met?.at).toBe('2026-05-08T09:00:00.000Z');
        expect(whole.duties[1]?.owner.role).toBe('named-case-manager');
      }),
    );
  });

  it('of a day nobody can read has no deadline, and is an action still', () => {
    const { duties } = derived(meetings, [set('a', { dueOn: 'soon' })], rules, '2026-05-20T09:00:00Z');
    expect(duties).toEqual(['meeting-action social-care open']);
  });
});

it('what a meeting decided is its own, in the order it was written down', () => {
  const decided = (meeting: string, decision: string, at: string) =>
    fact(MeetingDecidedSchema, at, { meeting, forum: 'mog', decision, by: terry }, { by: 'yos' });
  const facts = [
    decided('may', 'two', '2026-05-05T11:00:00Z'),
    decided('may', 'one', '2026-05-05T10:00:00Z'),
    decided('april', 'no', since),
  ];
  expect(decisionsOf(facts, 'may').map(({ content }) => content['decision'])).toEqual(['one', 'two']);
  expect(actionsOf(facts)).toEqual([]);
});

function named(kind: string): Forum {
  const forum = forumOf(kind);
  if (!forum) throw new Error(kind);
  return forum;
}
