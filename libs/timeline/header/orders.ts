import { Temporal } from 'temporal-polyfill';
import { dayInWords, isDay } from '../../kernel/london.js';
import { carriedOutLine, dayOf as madeOn, nameOf, ordersCarriedOut, type CarriedOut } from './carried-out.js';
import { line, newestFirst, ofType, textOf, type HeaderFact, type HeaderLine } from './header-fact.js';

const RESULT = 'hub.court.v1.ResultRecorded';

// CJS result codes (rulebook H); some courts' copies carry local codes, so the court's own words count as well.
const codes: Readonly<Record<string, string>> = {
  ORDER_KIND_CONDITIONAL_DISCHARGE: '1018',
  ORDER_KIND_DETENTION_AND_TRAINING: '1081',
  ORDER_KIND_REPARATION: '1083',
  ORDER_KIND_REFERRAL: '1097',
  ORDER_KIND_YOUTH_REHABILITATION: '1141',
  ORDER_KIND_YOUTH_REHABILITATION_ISS: '1142',
  ORDER_KIND_YOUTH_REHABILITATION_FOSTERING: '1143',
  ORDER_KIND_CRIMINAL_BEHAVIOUR: '1177',
};
const BAIL = ['4027', '4047', '4029', '4058'];
const orderWords = /^(referral order|youth rehabilitation order|detention and training order|reparation order)/i;
const bailWords = /\b(bail|remand(ed)?)\b/i;
const tagWords = /electronic|curfew|\btag\b/i;

/**
 * What the court has the child under on a day in London, `YYYY-MM-DD`. An order that the case system carries out reads as that
 * says; of the others the court's result does, and one whose end its terms state is over after it.
 */
export function ordersOf(facts: readonly HeaderFact[], today: string) {
  const results = ofType(facts, RESULT).sort(newestFirst);
  const orders = results.filter((result) => isOneOf(result, Object.values(codes), orderWords));
  const running = oncePerDay(orders.filter((order) => !hasEnded(order, today)));
  const carried = ordersCarriedOut(facts, today);
  const lines = [
    ...carried.filter((order) => order.running).map((order) => carriedOutLine(order, facts, today)),
    ...running.filter((order) => !carried.some((one) => isSameOrder(order, one))).map(orderLine),
  ];
  const bail = results.filter((result) => isOneOf(result, BAIL, bailWords)).slice(0, 1);
  const inForce = bail.filter((one) => !results.some((later) => endsBail(later, one)));
  return {
    orders: lines.length > 0 ? lines : noOrder(orders, carried),
    bail: inForce.length > 0 ? inForce.map(plainLine) : bail.map((one) => line(one, 'None now', `last: ${said(one)}`)),
    tag: [...running, ...inForce].flatMap((result) =>
      termsOf(result).flatMap(({ label, value }) =>
        tagWords.test(label) ? [line(result, label, `since ${dayInWords(dayOf(result))}`, value)] : [],
      ),
    ),
  };
}

function noOrder(orders: readonly HeaderFact[], carried: readonly CarriedOut[]): HeaderLine[] {
  const [last] = carried;
  if (last === undefined) return orders.slice(0, 1).map(noneRunning);
  const when = last.end === undefined ? nameOf(last.made) : `the last ended on ${dayInWords(last.end)}`;
  return [line(last.made, 'None running', when)];
}

// The court names the order it made, the case system the same order: of that day, and of that code or name.
function isSameOrder(result: HeaderFact, { made }: CarriedOut): boolean {
  if (dayOf(result) !== madeOn(made)) return false;
  const code = Object.hasOwn(codes, textOf(made, 'kind')) ? codes[textOf(made, 'kind')] : undefined;
  return (
    (code !== undefined && textOf(result, 'resultCode') === code) ||
    textOf(result, 'resultTitle').toLowerCase().startsWith(nameOf(made).toLowerCase())
  );
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
    return lastDay(dayOf(order), Number(number), unit.toLowerCase());
  }
  return undefined;
}

// A child's orders are many and made on few days, for lengths that are few.
const lastDays = new Map<string, string>();
const mostLastDays = 10_000;

function lastDay(from: string, number: number, unit: string): string {
  const name = `${from} ${number} ${unit}`;
  const known = lastDays.get(name);
  if (known !== undefined) return known;
  const last = Temporal.PlainDate.from(from)
    .add({ [`${unit}s`]: number })
    .subtract({ days: 1 })
    .toString();
  if (lastDays.size === mostLastDays) lastDays.clear();
  lastDays.set(name, last);
  return last;
}

function termsOf({ content }: HeaderFact): { label: string; value: string }[] {
  const { terms } = content;
  return (Array.isArray(terms) ? terms : []).flatMap((term) => {
    if (typeof term !== 'object' || term === null || Array.isArray(term)) return [];
    const { label, value } = term;
    return typeof label === 'string' && typeof value === 'string' ? [{ label, value }] : [];
  });
}
