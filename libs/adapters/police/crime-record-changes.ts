import { fromBinary } from '@bufbuild/protobuf';
import { encode } from '../../contracts/catalogue.js';
import {
  ActiveStatusChangedSchema,
  CrimeRecordObservedSchema,
  KnownServiceListedSchema,
  MissingEpisodeListedSchema,
  PoliceMarkerChangedSchema,
  PoliceProtectionUsedSchema,
  RadicalisationRiskChangedSchema,
  ReturnInterviewNotedSchema,
  RiskFlagChanged_Risk as Risk,
  RiskFlagChangedSchema,
} from '../../contracts/gen/hub/police/v1/police_pb.js';
import type { Change, ChangeFact, Said, SnapshotReading } from '../../kernel/snapshots.js';
import { isoDate } from '../reading/times.js';

/** What a force's record says, and what its changes are called: each is of a category of its own. */
export const crimeRecordChanges: SnapshotReading = {
  read: (data) => {
    const record = fromBinary(CrimeRecordObservedSchema, data);
    return {
      said: [
        ...(record.markerDetails === '' ? [] : [{ group: 'marker', member: '', value: record.markerDetails }]),
        ...record.servicesKnownTo.map((member) => ({ group: 'service', member })),
        ...[record.policeProtectionLastUsed].filter(isDay).map((member) => ({ group: 'protection', member })),
        ...record.missingEpisodes.map(({ date, returnInterviewAttended: attended }) =>
          said('episode', date, attended === undefined ? undefined : String(attended)),
        ),
        ...flags(Risk[Risk.SEXUAL_EXPLOITATION], record.riskSexualExploitation),
        ...flags(Risk[Risk.CRIMINAL_EXPLOITATION], record.riskCriminalExploitation),
        ...flags(Risk[Risk.MODERN_SLAVERY_AND_TRAFFICKING], record.riskModernSlaveryAndTrafficking),
        ...flags(Risk[Risk.GANGS_AND_YOUTH_VIOLENCE], record.riskGangsAndYouthViolence),
        ...flags(radicalisation, record.riskRadicalisation),
        ...statuses(record.activeStatuses),
      ],
      // The list is of what is active. The other lists are of what there has been: a member that disappears is not over.
      whole: record.activeStatusesWhole ? ['status'] : [],
    };
  },
  facts: (change, observedAt) => readings[change.group]?.(change, observedAt) ?? [],
};

const radicalisation = 'RADICALISATION';

const readings: Readonly<Record<string, (change: Change, observedAt: string) => readonly ChangeFact[]>> = {
  marker: ({ value = '' }, observedAt) => [
    seen('hub.police.v1.PoliceMarkerChanged', [], observedAt, (at) =>
      encode(PoliceMarkerChangedSchema, { details: value, observedAt: at }),
    ),
  ],
  risk: ({ member, value }, observedAt) => {
    const atRisk = value === 'true';
    if (member === radicalisation) {
      return [
        seen('hub.police.v1.RadicalisationRiskChanged', [], observedAt, (at) =>
          encode(RadicalisationRiskChangedSchema, { atRisk, observedAt: at }),
        ),
      ];
    }
    const risk = risks.find((one) => Risk[one] === member) ?? Risk.UNSPECIFIED;
    return [
      seen('hub.police.v1.RiskFlagChanged', [String(risk)], observedAt, (at) =>
        encode(RiskFlagChangedSchema, { risk, atRisk, observedAt: at }),
      ),
    ];
  },
  status: ({ kind, member, value = '' }, observedAt) => [
    seen('hub.police.v1.ActiveStatusChanged', [member], observedAt, (at) =>
      encode(ActiveStatusChangedSchema, { status: member, plan: value, ended: kind === 'ended', observedAt: at }),
    ),
  ],
  service: ({ member }, observedAt) => [
    {
      type: 'hub.police.v1.KnownServiceListed',
      key: [member],
      data: encode(KnownServiceListedSchema, { service: member }),
      occurred: { at: observedAt, precision: 'instant' },
    },
  ],
  protection: ({ member }) => [
    dated('hub.police.v1.PoliceProtectionUsed', member, encode(PoliceProtectionUsedSchema, { usedOn: member })),
  ],
  episode: ({ kind, member, value }, observedAt) => [
    ...(kind === 'listed'
      ? [dated('hub.police.v1.MissingEpisodeListed', member, encode(MissingEpisodeListedSchema, { beganOn: member }))]
      : []),
    ...(value === undefined
      ? []
      : [
          seen('hub.police.v1.ReturnInterviewNoted', [member], observedAt, (at) =>
            encode(ReturnInterviewNotedSchema, {
              episodeBeganOn: member,
              attended: value === 'true',
              observedAt: at,
            }),
          ),
        ]),
  ],
};

const risks = [
  Risk.SEXUAL_EXPLOITATION,
  Risk.CRIMINAL_EXPLOITATION,
  Risk.MODERN_SLAVERY_AND_TRAFFICKING,
  Risk.GANGS_AND_YOUTH_VIOLENCE,
] as const;

/** A change of what the record says: all that is known of its time is when it was seen. */
function seen(
  type: string,
  key: readonly string[],
  observedAt: string,
  data: (observedAt: string) => Uint8Array,
): ChangeFact {
  return {
    type,
    key: [...key, observedAt],
    data: data(observedAt),
    occurred: { at: observedAt, precision: 'instant' },
  };
}

/** Something that the record gives a day of its own: it happened then, whichever snapshot says so first. */
function dated(type: string, day: string, data: Uint8Array): ChangeFact {
  return { type, key: [day], data, occurred: { at: day, precision: 'date' } };
}

// A status may be listed with several plans; without one, nothing is said of its plan.
function statuses(listed: readonly { status: string; plan: string }[]): Said[] {
  return [...Map.groupBy(listed, ({ status }) => status)].map(([status, of]) => {
    const plans = [...new Set(of.map(({ plan }) => plan))].filter((plan) => plan !== '').toSorted();
    return said('status', status, plans.length === 0 ? undefined : plans.join('; '));
  });
}

function flags(member: string | undefined, atRisk: boolean | undefined): Said[] {
  return member === undefined || atRisk === undefined ? [] : [said('risk', member, String(atRisk))];
}

function said(group: string, member: string, value: string | undefined): Said {
  return { group, member, ...(value === undefined ? {} : { value }) };
}

function isDay(text: string): boolean {
  return isoDate(text) !== undefined;
}
