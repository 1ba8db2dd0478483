import { plain, told, word, type Reading } from '../reading.js';

const forumWords: Readonly<Record<string, string>> = {
  mog: 'Missing operational group (MOG)',
  cog: 'Child exploitation operational group (COG)',
};

const owner = { ownerAgency: 'To be done by', ownerRole: 'Their role' };
// Ids of the hub's own; who wrote it down is told to their colleagues, on the meeting's own page.
const silent = ['meeting', 'action', 'by'];

export const meetingReadings: Readonly<Record<string, Reading>> = {
  'hub.record.v1.MeetingDecided': {
    title: ({ forum }) => told('Decided', forumName(word(forum))),
    labels: { decision: 'Decision' },
    silent: [...silent, 'forum'],
  },
  'hub.record.v1.MeetingActionSet': {
    title: ({ forum }) => told('Action set', forumName(word(forum))),
    labels: { task: 'Action', ...owner, dueOn: 'By' },
    codes: Object.keys(owner),
    silent: [...silent, 'forum'],
  },
  'hub.record.v1.MeetingActionDone': {
    labels: { outcome: 'What came of it' },
    silent,
  },
};

const forumName = (forum: string): string => forumWords[forum] ?? plain(forum);
