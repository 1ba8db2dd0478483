import { isAgency } from '../../../libs/kernel/agency.js';
import { instantInWords } from '../../../libs/kernel/london.js';
import { undelivered } from '../../../libs/platform/notifications/delivery-store.js';
import { agencyWords } from '../pages/words.js';
import type { Section, SheetContext } from '../today/sheet.js';

const LATE_MS = 24 * 60 * 60 * 1000;

/** Systems that notices have not reached for a day, or that said they are gone: for the team manager. Names no child. */
export async function undeliveredNotices({ database, clock, looker }: SheetContext): Promise<Section | undefined> {
  const { agency, roles } = looker.viewer;
  if (agency !== 'yos' || !roles.includes('team-manager')) return undefined;
  const late = await undelivered(database, new Date(clock.now() - LATE_MS).toISOString());
  return {
    id: 'undelivered',
    title: 'Notices that do not reach a partner’s system',
    empty: 'Every partner’s system takes its notices.',
    items: late.map(({ id, system, gone, waiting, since }) => ({
      item: `webhook ${id}`,
      title: `${isAgency(system) ? agencyWords[system].name : system}: ${gone ? 'its system says that it is gone' : `${waiting} not delivered`}`,
      detail: `${since === null ? '' : `Waiting since ${instantInWords(since)}. `}Its people still have them in their inbox. Ring the partner: reference ${id}.`,
      standing: true,
    })),
  };
}
