import { purposeOf } from '../../../libs/disclosure/pages.js';
import { instantInWords } from '../../../libs/kernel/london.js';
import { readBreakGlasses } from '../../../libs/platform/break-glass/reviews.js';
import type { Section, SheetContext } from '../today/sheet.js';
import { reviewable } from './review-queue.js';

/** The break-glasses that nobody has reviewed yet, for whoever reviews them. */
export async function emergencyAccess(context: SheetContext): Promise<Section | undefined> {
  const { looker, database, keys, reviewDays } = context;
  if (purposeOf(looker.viewer, 'break-glass') === undefined) return undefined;
  const open = (await readBreakGlasses(database, keys)).filter(({ review }) => review === undefined);
  const items = await reviewable(context, looker, open, reviewDays);
  return {
    id: 'emergency-access',
    title: 'Emergency access to review',
    empty: 'Every emergency access has been reviewed.',
    items: items.map(({ id, who, beganAt, live, late, own, child, childName }) => ({
      item: `break-glass ${id}`,
      title: `${who} opened what is withheld`,
      detail: `${instantInWords(beganAt)}${live ? ', and it is still open' : ''}. ${own ? 'Your own: somebody else reviews it' : 'Review it under Emergency access'}.`,
      marks: late ? ['Review late'] : [],
      standing: true,
      child: { id: child, name: childName ?? 'Name not known' },
    })),
  };
}
