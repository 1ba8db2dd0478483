import { Temporal } from 'temporal-polyfill';
import { dayInWords, isDay } from '../../kernel/london.js';
import { line, newestFirst, ofType, textOf, type HeaderFact, type HeaderLine } from './header-fact.js';

const RESULT = 'hub.court.v1.ResultRecorded';

// CJS result codes (rulebook H); some courts' copies carry local codes, so the court's own words count as well.
const ORDERS = ['1018', '1081', '1083', '1097', '1141', '1142', '1143', '1177'];
const BAIL = ['4027', '4047', '4029', '4058'];
const orderWords = /^(referral order|youth rehabilitation order|detention and training order|reparation order)/i;
const bailWords = /\b(bail|remand(ed)?)\b/i;
const tagWords = /electronic|curfew|\btag\b/i;

/** What the court has the child under on a day in London, `YYYY-MM-DD`. An order whose end its terms state is over after it. */
export function ordersOf(facts: readonly HeaderFact[], today: string) {
  const results = ofType(facts, RESULT).sort(newestFirst);
  const orders = results.filter((result) => isOneOf(result, ORDERS, orderWords));
  const running = oncePerDay(orders.filter((order) => !hasEnded(order, today)));
  const bail = results.filter((result) => isOneOf(result, BAIL, bailWords)).slice(0, 1);
  const inForce = bail.filter((one) => !results.some((later) => endsBail(later, one)));
  return {
    orders: running.length > 0 ? running.map(orderLine) : orders.slice(0, 1).map(noneRunning),
    bail: inForce.length > 0 ? inForce.map(plainLine) : bail.map((one) => line(one, 'None now', `last: ${said(one)}`)),
    tag: [...running, ...inForce].flatMap((result) =>
      termsOf(result).flatMap(({ label, value }) =>
        tagWords.test(label) ? [line(result, label, `since ${dayInWords(dayOf(result))}`, value)] : [],
      ),
    ),
  };
}

function isOneOf(result: HeaderFact, codes: readonly string[], words: RegExp): boolean {
  return codes.includes(textOf(result, 'resultCode')) || words.test(textOf(result, 'resultTitle'));
}

// One order on several offences comes as a result for each.
function oncePerDay(orders: readonly HeaderFact[]): HeaderFact[] {
  return [...new Map(orders.toReversed().map((order) => [said(order), order])).values()].toReversed();
}

// A final result on the same offence ends bail and remand: what comes after it is the sentence.
function endsBail(later: HeaderFact, bail: HeaderFact): boolean {
  return (
    textOf(later, 'resultCategory') === 'FINAL' &&
    textOf(later, 'offenceId') === textOf(bail, 'offenceId') &&
    dayOf(later) >= dayOf(bail)
  );
}

function orderLine(order: HeaderFact): HeaderLine {
  const end = endOf(order);
  const until = end === undefined ? 'end not stated' : `until ${dayInWords(end)}`;
  return line(order, textOf(order, 'resultTitle'), `since ${dayInWords(dayOf(order))}`, until);
}

function noneRunning(order: HeaderFact): HeaderLine {
  const end = endOf(order);
  return line(order, 'None running', end === undefined ? said(order) : `the last ended on ${dayInWords(end)}`);
}

const plainLine = (result: HeaderFact): HeaderLine =>
  line(result, textOf(result, 'resultTitle'), `since ${dayInWords(dayOf(result))}`);

const said = (result: HeaderFact): string => `${textOf(result, 'resultTitle')}, ${dayInWords(dayOf(result))}`;

function dayOf(result: HeaderFact): string {
  const stated = [textOf(result, 'orderedOn'), textOf(result, 'hearingDay')].find(isDay);
  return stated ?? result.occurredAt.slice(0, 10);
}

function hasEnded(order: HeaderFact, today: string): boolean {
  const end = endOf(order);
  return end !== undefined && end < today;
}

/** The last day that the court's own length gives; undefined where it gives none. */
function endOf(order: HeaderFact): string | undefined {
  for (const { label, value } of termsOf(order)) {
    const [, number, unit] = /^(\d{1,3}) (day|week|month|year)s?$/i.exec(value.trim()) ?? [];
    if (number === undefined || unit === undefined || !/^(length|period|length of order)$/i.test(label)) continue;
    const length = { [`${unit.toLowerCase()}s`]: Number(number) };
    return Temporal.PlainDate.from(dayOf(order)).add(length).subtract({ days: 1 }).toString();
  }
  return undefined;
}

function termsOf({ content }: HeaderFact): { label: string; value: string }[] {
  const { terms } = content;
  return (Array.isArray(terms) ? terms : []).flatMap((term) => {
    if (typeof term !== 'object' || term === null || Array.isArray(term)) return [];
    const { label, value } = term;
    return typeof label === 'string' && typeof value === 'string' ? [{ label, value }] : [];
  });
}
