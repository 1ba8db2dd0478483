import { instantInWords } from '../../../libs/kernel/london.js';
import { headerFields, type Header, type HeaderField } from '../../../libs/timeline/header/header.fold.js';
import type { ReadingShown } from '../timeline/read-timeline.query.js';
import { agencyWords } from './words.js';

const labels: Readonly<Record<HeaderField, string>> = {
  where: 'Where the child is now',
  reoffending: 'Risk: reoffending',
  'harm-to-others': 'Risk: harm to others',
  'safety-and-wellbeing': 'Risk: safety and wellbeing',
  'self-harm': 'Self-harm',
  medical: 'Medical',
  orders: 'Orders',
  bail: 'Bail or remand',
  tag: 'Tag or curfew',
  status: 'Looked-after or protection status',
  authority: 'Responsible authority',
  'case-manager': 'Case manager',
  'social-worker': 'Social worker',
  cover: 'Cover',
  communication: 'Communication needs',
  next: 'Next appointment or hearing',
  overdue: 'Overdue',
};

// Seen first by somebody who has a second: what may cost a life, or is late.
const urgent: readonly HeaderField[] = ['self-harm', 'overdue'];

/** The header's fields in their order, each with what is so, since when and who says so. No lines: `unsent` says why. `then`: of a past day. */
export function headerModel(header: Header, then: boolean) {
  return headerFields.map((field) => ({
    label: then && field === 'where' ? 'Where the child was' : labels[field],
    unsent: then ? unsentThen(field) : 'No system has sent this yet',
    urgent: urgent.includes(field) && header[field].some(({ text }) => !/^(None|Nothing) /.test(text)),
    lines: header[field].map(({ text, detail, when, agency }) => ({
      text,
      more: [detail, when].filter(Boolean).join(' · '),
      source: agencyWords[agency].name,
    })),
  }));
}

// Duties are as they are: what was late on a day before is not kept, so that nothing is said of whether it was.
function unsentThen(field: HeaderField): string {
  return field === 'overdue' ? 'What was late then is not kept' : 'No system had sent this by then';
}

/** What is new since the reader last looked. */
export function freshWords({ lastLook, fresh }: ReadingShown): string {
  if (lastLook === undefined) return 'You have not looked at this timeline before';
  return `${fresh === 0 ? 'Nothing' : fresh} new since you last looked on ${instantInWords(lastLook)}`;
}
