import { isAgency } from '../../../libs/kernel/agency.js';
import { instantInWords } from '../../../libs/kernel/london.js';
import { DUTY_OFFICER, onRota } from '../../../libs/notifications/rota.js';
import { undelivered } from '../../../libs/platform/notifications/delivery-store.js';
import { agencyWords } from '../pages/words.js';
import type { Section, SheetContext } from '../today/sheet.js';

const LATE_MS = 24 * 60 * 60 * 1000;

/**
 * Systems that notices have not reached for a day, urgent ones as long as nobody may leave them unacknowledged, or that said they are
 * gone: for the team manager, and out of hours for whoever is on duty, by sign-in or by the rota. Names no child.
 */
export async function undeliveredNotices({
  database,
  clock,
  looker,
  watching,
}: SheetContext): Promise<Section | undefined> {
  const { agency, roles } = onRota(looker.viewer, watching.duty);
  const manages = roles.includes('team-manager');
  if (agency !== 'yos' || !(manages || (roles.includes(DUTY_OFFICER) && !watching.inHours))) return undefined;
  const before = (ms: number): string => new Date(clock.now() - ms).toISOString();
  const late = await undelivered(database, before(LATE_MS), before(watching.escalateMinutes * 60_000));
  if (!manages && late.length === 0) return undefined;
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
