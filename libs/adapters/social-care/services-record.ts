import { encode } from '../../contracts/catalogue.js';
import { ChildrensServicesRecordObservedSchema } from '../../contracts/gen/hub/social_care/v1/record_pb.js';
import type { Message } from '../../kernel/fact.js';
import type { Translation } from '../../kernel/outcome.js';
import { wireOf } from '../reading/person.js';
import { required, type Place } from '../reading/place.js';
import { hasField, readStatus, snapshotOf } from '../reading/snapshot.js';

/** The custodian's own names for it, older and newer, and the record types under which a custodian's index lists it. */
export const servicesRecordFormats = [
  'ChildrensServicesDetailsRecordV1',
  'ChildSocialCareDetailsRecordV1',
  'childrens-services.details',
  'childrens-services.details.v1',
  'social-care.details',
  'social-care.details.v1',
] as const;

export const servicesRecordType = 'hub.social_care.v1.ChildrensServicesRecordObserved';

// How the duty team is called up is no news of the child: known, and not read.
const fields = [
  'keyWorker',
  'dutyContactDetails',
  'teamInvolvement',
  'cscActiveStatusesAndPlans',
  'childrensServicesReferrals',
  'cscReferrals',
] as const;

export function looksLikeServicesRecord(message: Message): boolean {
  return hasField(message, ['teamInvolvement', 'cscActiveStatusesAndPlans', 'childrensServicesReferrals', 'cscReferrals']); // prettier-ignore
}

/** A snapshot: one fact, the whole record as observed. What it changed is derived when it is recorded. */
export function servicesRecord(message: Message): Translation {
  return snapshotOf(message, servicesRecordType, fields, (record, { record: about }, parts) => {
    const teams = parts.list(record.at('teamInvolvement'), (one) => ({ name: required(one.text(), one) }));
    const statuses = parts.list(record.at('cscActiveStatusesAndPlans'), readStatus);
    // The list has another name in the older format.
    const referrals = ['childrensServicesReferrals', 'cscReferrals'].flatMap(
      (name) => parts.list(record.at(name), readReferral).members,
    );
    return {
      data: encode(ChildrensServicesRecordObservedSchema, {
        keyWorker: parts.one(() => record.at('keyWorker').text()) ?? '',
        teams: teams.members.map(({ name }) => name),
        activeStatuses: [...statuses.members],
        // One that could not be read has not vanished.
        activeStatusesWhole: statuses.whole,
        referrals,
        person: wireOf(about.person),
      }),
    };
  });
}

function readReferral(one: Place): { date: string; kind: string } {
  return {
    date: required(one.at('date').date(), one.at('date')),
    kind: required(one.at('type').text(), one.at('type')),
  };
}
