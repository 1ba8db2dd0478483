import { part, type Item } from '../../kernel/outcome.js';
import { orQuarantine } from '../reading/bad-part.js';
import { required, type Place } from '../reading/place.js';
import { readDefendant, type Defendant } from './defendant.js';
import { readResult, type Result } from './result.js';

/** An application before the court about an order on a child, and what the court ordered on it. */
export interface Application {
  readonly pointer: string;
  readonly id: string;
  readonly defendant: Defendant;
  readonly title?: string | undefined;
  readonly typeCode?: string | undefined;
  readonly breach: boolean;
  readonly reference?: string | undefined;
  readonly status?: string | undefined;
  /** `YYYY-MM-DD`. */
  readonly receivedOn?: string | undefined;
  readonly orderTitle?: string | undefined;
  /** `YYYY-MM-DD`. */
  readonly orderMadeOn?: string | undefined;
  readonly results: readonly Result[];
}

export function readApplications(applications: Place): readonly (Application | Item)[] {
  return orQuarantine(() => applications.list().flatMap((one) => orQuarantine(() => parts(one))));
}

// A result that cannot be read goes to a person, and the application with the others goes on.
function parts(application: Place): readonly (Application | Item)[] {
  const about = defendantOf(application);
  if (about === undefined)
    return [part('ignored', 'no-defendant', 'the application is about nobody before the court', application.pointer)];
  const type = application.at('type');
  const title = type.at('type').text();
  const order = application.at('courtOrder');
  const results: Result[] = [];
  const unread: Item[] = [];
  for (const one of application.at('judicialResults').list())
    for (const read of orQuarantine(() => [readResult(one)]))
      if ('outcome' in read) unread.push(read);
      else results.push(read);
  const read: Application = {
    pointer: application.pointer,
    id: required(application.at('id').id(), application.at('id')),
    defendant: readDefendant(about),
    title,
    typeCode: type.at('code').text(),
    breach: ofBreach(type.at('breachType').text(), title),
    reference: application.at('applicationReference').text(),
    status: application.at('applicationStatus').text(),
    receivedOn: application.at('applicationReceivedDate').date(),
    orderTitle: order.at('label').text(),
    orderMadeOn: order.at('orderDate').date(),
    results,
  };
  return [read, ...unread];
}

// The subject is whom it is about; older copies name the one respondent only.
function defendantOf(application: Place): Place | undefined {
  const respondents = application.at('respondents').list();
  const named = [application.at('subject'), ...(respondents.length === 1 ? respondents : [])];
  const defendant = named.map((party) => party.at('masterDefendant')).find((one) => !one.absent);
  return defendant === undefined || !defendant.at('legalEntityDefendant').absent ? undefined : defendant;
}

function ofBreach(breachType: string | undefined, title: string | undefined): boolean {
  return breachType === undefined ? /\bbreach\b/i.test(title ?? '') : breachType !== 'NOT_APPLICABLE';
}
