/** What a custodian's record of children's services says of a child, in our words. */
export interface SimulatedServicesRecord {
  readonly keyWorker?: string;
  readonly teams?: readonly string[];
  /** Absent: the record says nothing of statuses; empty: none is active. */
  readonly statuses?: readonly { readonly status: string; readonly plan?: string }[];
  readonly referrals?: readonly { readonly date: string; readonly kind: string }[];
}

/** As a custodian serves it, null where it says nothing; `older` in the format before the list of referrals had its present name. */
export function servicesRecord({ keyWorker, teams, statuses, referrals }: SimulatedServicesRecord, older = false) {
  return {
    keyWorker: keyWorker ?? null,
    dutyContactDetails: ['duty@fernhill.example', '01632 960001'],
    teamInvolvement: teams ?? null,
    cscActiveStatusesAndPlans: statuses?.map(({ status, plan }) => ({ status, plan: plan ?? null })) ?? null,
    [older ? 'cscReferrals' : 'childrensServicesReferrals']:
      referrals?.map(({ date, kind }) => ({ date, type: kind })) ?? null,
  };
}
