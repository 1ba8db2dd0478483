import type { JsonValue } from '@bufbuild/protobuf';
import { entryAt, plain, told, word, type Reading } from '../reading.js';

export const orderWords: Readonly<Record<string, string>> = {
  ORDER_KIND_REFERRAL: 'Referral order',
  ORDER_KIND_YOUTH_REHABILITATION: 'Youth rehabilitation order',
  ORDER_KIND_YOUTH_REHABILITATION_ISS: 'Youth rehabilitation order with intensive supervision',
  ORDER_KIND_YOUTH_REHABILITATION_FOSTERING: 'Youth rehabilitation order with fostering',
  ORDER_KIND_DETENTION_AND_TRAINING: 'Detention and training order',
  ORDER_KIND_LONGER_DETENTION: 'Longer detention (s.250 or s.259)',
  ORDER_KIND_REPARATION: 'Reparation order',
  ORDER_KIND_PARENTING: 'Parenting order',
  ORDER_KIND_CRIMINAL_BEHAVIOUR: 'Criminal behaviour order',
  ORDER_KIND_CONDITIONAL_DISCHARGE: 'Conditional discharge',
  ORDER_KIND_BAIL_SUPPORT: 'Bail supervision and support',
  ORDER_KIND_OTHER: 'Another order',
};

const endWords: Readonly<Record<string, string>> = {
  REASON_COMPLETED: 'completed',
  REASON_REVOKED_FOR_PROGRESS: 'revoked for good progress',
  REASON_REVOKED: 'revoked',
  REASON_TRANSFERRED: 'goes on with another service',
  REASON_APPEALED: 'set aside on appeal',
  REASON_DEATH: 'the child died',
};

const breachWords: Readonly<Record<string, string>> = {
  STAGE_WARNING: 'Warning',
  STAGE_FINAL_WARNING: 'Final warning',
  STAGE_COMPLIANCE_MEETING: 'Compliance meeting',
  STAGE_SENT_TO_COURT: 'Sent to court',
  STAGE_PROVEN: 'Proven at court',
  STAGE_WITHDRAWN: 'Taken back',
};

/** `REQUIREMENT_KIND_UNPAID_WORK` → `unpaid work`. */
export const requirementWords = (kind: JsonValue | undefined): string =>
  plain(word(kind).replace(/^REQUIREMENT_KIND_/, '')).toLowerCase();

const orderReference = 'Order reference';
const requirementReference = 'Requirement reference';

export const yosOrderReadings: Readonly<Record<string, Reading>> = {
  'hub.yos.v1.OrderMade': {
    title: ({ kind }) => told('Order', entryAt(orderWords, word(kind))?.toLowerCase()),
    labels: {
      kind: 'Order',
      detail: 'What it says',
      madeOn: 'Made on',
      endsOn: 'Last day',
      responsibleService: 'Responsible service',
      courtCode: 'Court code',
      orderReference,
    },
    words: { kind: orderWords },
    always: { endsOn: 'Not stated' },
  },
  'hub.yos.v1.OrderVaried': {
    labels: { change: 'What changed', variedOn: 'Varied on', endsOn: 'Last day from now on', orderReference },
  },
  'hub.yos.v1.OrderEnded': {
    title: ({ reason }) => told('Order ended', entryAt(endWords, word(reason))),
    labels: { endedOn: 'Last day', reason: 'Why', orderReference },
    words: { reason: endWords },
  },
  'hub.yos.v1.RequirementSet': {
    title: ({ kind }) => told('Requirement', requirementWords(kind)),
    labels: {
      kind: 'Requirement',
      hoursRequired: 'Hours',
      completeBy: 'To be done by',
      orderReference,
      requirementReference,
    },
  },
  'hub.yos.v1.RequirementProgress': {
    labels: { hoursDone: 'Hours done', asOf: 'Up to', orderReference, requirementReference },
    always: { hoursDone: 0 },
  },
  'hub.yos.v1.BreachActionRecorded': {
    title: ({ stage }) => told('Breach action', entryAt(breachWords, word(stage))?.toLowerCase()),
    labels: { stage: 'How far', actedOn: 'On', orderReference, breachReference: 'Breach reference' },
    words: { stage: breachWords },
  },
  'hub.yos.v1.CaretakingArranged': {
    title: ({ hostAuthority, endedOn }) => told(word(endedOn) ? 'Caretaking ended' : 'Caretaking', word(hostAuthority)),
    labels: {
      hostAuthority: 'Sees the child',
      homeAuthority: 'Whose order it is',
      breaches: 'Takes breach action',
      askedOn: 'Asked for on',
      acceptedOn: 'Accepted on',
      endedOn: 'Last day',
      caretakingReference: 'Caretaking reference',
    },
    always: { acceptedOn: 'Not accepted when this was stated', breaches: 'Not agreed' },
  },
};
