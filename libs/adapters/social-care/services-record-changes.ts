import { fromBinary } from '@bufbuild/protobuf';
import { encode } from '../../contracts/catalogue.js';
import {
  ActiveStatusChangedSchema,
  ChildrensServicesRecordObservedSchema,
  KeyWorkerNamedSchema,
  ReferralListedSchema,
  TeamInvolvementListedSchema,
} from '../../contracts/gen/hub/social_care/v1/record_pb.js';
import type { SnapshotReading } from '../../kernel/snapshots.js';
import { dated, factsOf, listedSince, said, seen, statusesSaid, type ChangeNames } from '../reading/changes.js';

/** What a record of children's services says, and what its changes are called. */
export const servicesRecordChanges: SnapshotReading = {
  read: (data) => {
    const record = fromBinary(ChildrensServicesRecordObservedSchema, data);
    return {
      said: [
        ...(record.keyWorker === '' ? [] : [said('worker', '', record.keyWorker)]),
        ...record.teams.map((team) => said('team', team, undefined)),
        ...statusesSaid(record.activeStatuses),
        ...record.referrals.map(({ date, kind }) => said('referral', `${date} ${kind}`, undefined)),
      ],
      // The list is of what is active. A team or a referral that is no longer listed is not over.
      whole: record.activeStatusesWhole ? ['status'] : [],
    };
  },
  facts: (change, observedAt) => factsOf(names, change, observedAt),
};

const names: ChangeNames = {
  worker: ({ value = '' }, observedAt) => [
    seen('hub.social_care.v1.KeyWorkerNamed', [], observedAt, (at) =>
      encode(KeyWorkerNamedSchema, { workerName: value, observedAt: at }),
    ),
  ],
  team: ({ member }, observedAt) => [
    listedSince(
      'hub.social_care.v1.TeamInvolvementListed',
      [member],
      observedAt,
      encode(TeamInvolvementListedSchema, { team: member }),
    ),
  ],
  status: ({ kind, member, value = '' }, observedAt) => [
    seen('hub.social_care.v1.ActiveStatusChanged', [member], observedAt, (at) =>
      encode(ActiveStatusChangedSchema, { status: member, plan: value, ended: kind === 'ended', observedAt: at }),
    ),
  ],
  referral: ({ member }) => {
    // The day, a space, and what it was to.
    const [madeOn, kind] = [member.slice(0, 10), member.slice(11)];
    const data = encode(ReferralListedSchema, { madeOn, kind });
    return [dated('hub.social_care.v1.ReferralListed', madeOn, [kind], data)];
  },
};
