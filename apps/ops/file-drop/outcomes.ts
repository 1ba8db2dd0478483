import type { Place } from '../../../libs/files/piece.js';
import type { PartOutcome, ReceiptStatus } from '../../../libs/kernel/intake.js';
import { pause } from '../../../libs/platform/pause.js';
import type { Door } from './door.js';
import type { Sent } from './send.js';

/** What became of one row, line or file, or of one fact in it. A line of the receipts file; holds no personal data. */
export interface RowOutcome {
  /** `row N`, `line N`, `file`. */
  readonly place: string;
  readonly receipt?: string;
  /** As the receipt has it; or `refused` (not kept), `received` (nothing came of it yet), `none` (it has no outcome of its own). */
  readonly outcome: string;
  readonly fact?: string;
  readonly eventId?: string;
  readonly reason?: string;
  readonly detail?: string;
  readonly pointer?: string;
}

const LOOK_AGAIN_MS = [20, 50, 100, 250, 500, 1_000];

/** Looks at receipts until something has come of them. When nothing has come of any for `patienceSeconds`, looks once each; without patience, never. */
export class Outcomes {
  #last = performance.now();

  constructor(
    private readonly door: Door,
    private readonly patienceSeconds: number,
  ) {}

  async of(sent: Sent): Promise<RowOutcome[]> {
    const { place, receipt, refused, tried } = sent;
    if (tried !== undefined) return rowOutcomes(place, undefined, tried);
    if (receipt === undefined) {
      return places(place).map((row) => ({
        place: row,
        outcome: 'refused',
        reason: refused?.code ?? '',
        detail: refused?.detail ?? '',
      }));
    }
    if (this.patienceSeconds === 0) return unsettled(place, receipt);
    for (let look = 0; ; look += 1) {
      const { body } = await this.door.ask(`/v1/receipts/${receipt}`, {});
      const { status, outcomes } = body as { status: ReceiptStatus; outcomes: readonly PartOutcome[] };
      if (status !== 'received') {
        this.#last = performance.now();
        return rowOutcomes(place, receipt, outcomes);
      }
      if (performance.now() - this.#last > this.patienceSeconds * 1_000) {
        return unsettled(place, receipt);
      }
      await pause(LOOK_AGAIN_MS[Math.min(look, LOOK_AGAIN_MS.length - 1)] ?? 1_000);
    }
  }
}

function unsettled(place: Place, receipt: string): RowOutcome[] {
  return places(place).map((row) => ({ place: row, receipt, outcome: 'received' }));
}

/** An outcome for each row: its own, else that of the message it went in. */
export function rowOutcomes(place: Place, receipt: string | undefined, outcomes: readonly PartOutcome[]): RowOutcome[] {
  const own = Map.groupBy(outcomes, ({ pointer }) => (place.unit === 'row' && isRowOf(place, pointer) ? pointer : ''));
  const ofAll = own.get('') ?? [];
  const kept = receipt === undefined ? {} : { receipt };
  return places(place).flatMap((row) => {
    const said = own.get(row) ?? ofAll;
    if (said.length === 0) {
      const detail = 'it says what another row of the file says, or nothing';
      return [{ place: row, ...kept, outcome: 'none', detail }];
    }
    return said.map(({ fact, outcome, eventId, reason, detail, pointer }) => ({
      place: row,
      ...kept,
      outcome,
      ...(fact === undefined ? {} : { fact }),
      ...(eventId === undefined ? {} : { eventId }),
      ...(reason === undefined ? {} : { reason }),
      ...(detail === undefined ? {} : { detail }),
      ...(pointer === undefined || pointer === row ? {} : { pointer }),
    }));
  });
}

function isRowOf({ first, last }: Place, pointer: string | undefined): boolean {
  const row = Number(/^row (\d+)$/.exec(pointer ?? '')?.[1]);
  return row >= first && row <= last;
}

/** The rows that hold something; a header without rows, and a file that goes whole, is one place. */
function places({ unit, first, last, blank = [] }: Place): string[] {
  if (unit === 'file' || last < first) return ['file'];
  const numbers = Array.from({ length: last - first + 1 }, (_, at) => first + at);
  return numbers.filter((number) => !blank.includes(number)).map((number) => `${unit} ${number}`);
}
