import type { Fact, IdentifierKind, Message, Person } from '../../kernel/fact.js';
import { part, type Item, type Translation } from '../../kernel/outcome.js';
import { BadPart, orQuarantine, sortOut } from '../reading/bad-part.js';
import { placeOf } from '../reading/content.js';
import { distinct } from '../reading/distinct.js';
import { required, type Place } from '../reading/place.js';
import { custodyActions, custodyRoutine } from './custody-actions.js';
import { entryFact, type Action, type Head } from './entry.js';
import { missingActions, missingReport, missingRoutine } from './missing-actions.js';

export const custodyRecordFormat = 'police.custody-record';
export const missingRecordFormat = 'police.missing-record';

/** A custody record as a force writes it out: one fact for each entry that is others' business. Throws `BadPart`. */
export function custodyRecord(message: Message): Translation {
  const record = placeOf(message);
  const custodyNumber = required(record.at('custodyNumber').text(), record.at('custodyNumber'));
  const head = headOf(record, ['custody-record', custodyNumber], { custodyNumber, ...said(record, 'station') });
  return stated(record, head, entries(record, head, custodyActions, custodyRoutine));
}

/** A missing record as a force writes it out: the report as it is graded now, and what followed. Throws `BadPart`. */
export function missingRecord(message: Message): Translation {
  const record = placeOf(message);
  const reportReference = required(record.at('reference').text(), record.at('reference'));
  const head = headOf(record, ['missing-record', reportReference], { reportReference });
  const report = orQuarantine(() => {
    const at = required(record.at('reportedAt').instant(), record.at('reportedAt'));
    return [entryFact(head, missingReport, record, at)];
  });
  return stated(record, head, [...report, ...entries(record, head, missingActions, missingRoutine)]);
}

/** The format of a record that says what it is. Throws `BadPart`. */
export function recordFormatIn(record: Place): string | undefined {
  if (record.at('nominal').absent) return undefined;
  const type = record.at('recordType').text();
  if (type === 'custody') return custodyRecordFormat;
  return type === 'missing' ? missingRecordFormat : undefined;
}

function headOf(record: Place, scope: readonly string[], about: Readonly<Record<string, string>>): Head {
  const nominal = record.at('nominal');
  return {
    nominal: required(nominal.at('id').text(), nominal.at('id')),
    person: personOf(nominal),
    isYouth: nominal.at('juvenile').flag(),
    statedAt: required(record.at('recordedAt').instant(), record.at('recordedAt')),
    scope,
    about: { ...about, ...said(record, 'force') },
  };
}

function personOf(nominal: Place): Person {
  const givenNames = nominal.at('forenames').text();
  const familyName = nominal.at('surname').text();
  const birthDate = nominal.at('dateOfBirth').date();
  return {
    identifiers: [...identifier('pnc', nominal.at('pncId')), ...identifier('cro', nominal.at('croNumber'))],
    ...(givenNames === undefined ? {} : { givenNames }),
    ...(familyName === undefined ? {} : { familyName }),
    ...(birthDate === undefined ? {} : { birthDate }),
  };
}

function identifier(kind: IdentifierKind, place: Place): Person['identifiers'] {
  const value = place.text();
  return value === undefined ? [] : [{ kind, value }];
}

function said(record: Place, name: string): Readonly<Record<string, string>> {
  const text = record.at(name).text();
  return text === undefined ? {} : { [name]: text };
}

function entries(
  record: Place,
  head: Head,
  actions: Readonly<Record<string, Action>>,
  routine: readonly string[],
): readonly (Fact | Item)[] {
  const list = orQuarantine(() => record.at('entries').list());
  return list.flatMap((entry) => {
    if ('outcome' in entry) return [entry];
    return orQuarantine((): readonly (Fact | Item)[] => {
      const name = required(entry.at('action').text(), entry.at('action')).toUpperCase();
      if (routine.includes(name))
        return [part('ignored', 'not-shared', 'an entry that is nobody’s business outside the force', entry.pointer)];
      const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
      if (!action)
        throw new BadPart('unknown-action', 'not a kind of entry that was agreed', entry.at('action').pointer);
      return [entryFact(head, action, entry, required(entry.at('at').instant(), entry.at('at')))];
    });
  });
}

// A record that says it is complete lists all there is: an entry that it no longer has was made in error. One that could not
// be read has not vanished: then the record takes nothing back.
function stated(record: Place, { scope, statedAt }: Head, parts: readonly (Fact | Item)[]): Translation {
  const { read, others } = sortOut(parts);
  const items = [...distinct(read), ...others];
  const whole = record.at('complete').flag() === true && items.every(({ outcome }) => outcome !== 'quarantined');
  const covers = whole ? [{ scope, statedAt }] : [];
  if (items.length > 0) return { items, covers };
  return { items: [part('ignored', 'no-entries', 'the record has no entries')], covers };
}
