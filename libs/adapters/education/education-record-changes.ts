import { fromBinary } from '@bufbuild/protobuf';
import { encode } from '../../contracts/catalogue.js';
import {
  EducationRecordObservedSchema,
  EducationSettingChangedSchema,
  EducationStatusChangedSchema,
  YearFigureChanged_Figure as Figure,
  YearFigureChangedSchema,
  type EducationRecordObserved_YearFigures as YearFigures,
} from '../../contracts/gen/hub/education/v1/record_pb.js';
import type { Said, SnapshotReading } from '../../kernel/snapshots.js';
import { factsOf, said, seen, statusesSaid, type ChangeNames } from '../reading/changes.js';

/** What an education record says, and what its changes are called. */
export const educationRecordChanges: SnapshotReading = {
  read: (data) => {
    const record = fromBinary(EducationRecordObservedSchema, data);
    return {
      said: [
        ...(record.setting === '' ? [] : [said('setting', '', record.setting)]),
        ...statusesSaid(record.activeStatuses),
        ...record.years.flatMap(figuresSaid),
      ],
      // The list is of what is active. Of years, one that is no longer listed says nothing.
      whole: record.activeStatusesWhole ? ['status'] : [],
    };
  },
  facts: (change, observedAt) => factsOf(names, change, observedAt),
};

const figures = [
  [Figure.ATTENDANCE_PERCENTAGE, 'attendancePercentage'],
  [Figure.UNAUTHORISED_ABSENCE_PERCENTAGE, 'unauthorisedAbsencePercentage'],
  [Figure.SUSPENSIONS, 'suspensions'],
  [Figure.EXCLUSIONS, 'exclusions'],
  [Figure.SCHOOL_MOVES, 'schoolMoves'],
] as const;

const names: ChangeNames = {
  setting: ({ value = '' }, observedAt) => [
    seen('hub.education.v1.EducationSettingChanged', [], observedAt, (at) =>
      encode(EducationSettingChangedSchema, { setting: value, observedAt: at }),
    ),
  ],
  status: ({ kind, member, value = '' }, observedAt) => [
    seen('hub.education.v1.EducationStatusChanged', [member], observedAt, (at) =>
      encode(EducationStatusChangedSchema, { status: member, plan: value, ended: kind === 'ended', observedAt: at }),
    ),
  ],
  figure: ({ kind, member, value = '0' }, observedAt) => {
    // None of something is no news until there was some.
    if (kind === 'listed' && value === '0' && !member.endsWith(`/${Figure.ATTENDANCE_PERCENTAGE}`)) return [];
    const [year = '', which = ''] = member.split('/');
    const figure = figures.find(([one]) => String(one) === which)?.[0] ?? Figure.UNSPECIFIED;
    return [
      seen('hub.education.v1.YearFigureChanged', [year, which], observedAt, (at) =>
        encode(YearFigureChangedSchema, { year: Number(year), figure, value: Number(value), observedAt: at }),
      ),
    ];
  },
};

function figuresSaid(year: YearFigures): Said[] {
  return figures.flatMap(([figure, name]) => {
    const value = year[name];
    return value === undefined ? [] : [said('figure', `${year.year}/${figure}`, String(value))];
  });
}
