import {
  BreachActionRecorded_Stage as BreachStage,
  BreachActionRecordedSchema,
  CaretakingArrangedSchema,
  OrderEnded_Reason,
  OrderEndedSchema,
  OrderKind,
  OrderMadeSchema,
  OrderVariedSchema,
  RequirementKind,
  RequirementProgressSchema,
  RequirementSetSchema,
} from '../../contracts/gen/hub/yos/v1/orders_pb.js';
import { canonicalEvent, type CloudEvent } from '../cloud-event.js';
import { type Simulated } from '../people.js';
import { toldOf } from './told-of.js';

/** One of every event of the youth offending service about orders. */
export function everyOrderEvent(person: Simulated, time: string, serial: number): readonly CloudEvent[] {
  const told = toldOf(time, serial);
  const day = time.slice(0, 10);
  const orderReference = `OR-${serial}`;
  const requirementReference = `RQ-${serial}`;
  return [
    canonicalEvent(OrderMadeSchema, told('order-made', 'case'), {
      orderReference,
      kind: OrderKind.YOUTH_REHABILITATION,
      madeOn: day,
      endsOn: '2027-01-31',
      courtCode: 'B20EB',
      responsibleService: 'Fernhill',
      person,
    }),
    canonicalEvent(OrderVariedSchema, told('order-varied', 'case'), {
      orderReference,
      variedOn: day,
      change: 'Unpaid work extended by two months',
      endsOn: '2027-03-31',
      person,
    }),
    canonicalEvent(OrderEndedSchema, told('order-ended', 'case'), {
      orderReference,
      endedOn: day,
      reason: OrderEnded_Reason.REVOKED_FOR_PROGRESS,
      person,
    }),
    canonicalEvent(RequirementSetSchema, told('requirement-set', 'case'), {
      orderReference,
      requirementReference,
      kind: RequirementKind.UNPAID_WORK,
      hoursRequired: 80,
      completeBy: '2027-01-31',
      person,
    }),
    canonicalEvent(RequirementProgressSchema, told('requirement-progress', 'case'), {
      orderReference,
      requirementReference,
      asOf: day,
      hoursDone: 12.5,
      person,
    }),
    canonicalEvent(BreachActionRecordedSchema, told('breach-action', 'case'), {
      breachReference: `BR-${serial}`,
      stage: BreachStage.FINAL_WARNING,
      orderReference,
      actedOn: day,
      person,
    }),
    canonicalEvent(CaretakingArrangedSchema, told('caretaking', 'case'), {
      caretakingReference: `CT-${serial}`,
      homeAuthority: 'Fernhill',
      hostAuthority: 'Alderbrook',
      breaches: 'Fernhill',
      askedOn: day,
      acceptedOn: day,
      person,
    }),
  ];
}
