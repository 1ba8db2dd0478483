/** Something that does not hold. */
export interface Problem {
  readonly code: string;
  /** Position, receipt, record or stream: the hub's own ids only. */
  readonly where: string;
}
