import { RevisionConflict, type EventLog, type NewEvent, type RecordedEvent } from '../../../libs/kernel/event-log.js';
import type { KeyStore } from '../../../libs/kernel/keys.js';
import { missingVersions, type Append, type LoggedVersion, type Saying } from '../../../libs/kernel/versions.js';
import type { StatementRow } from '../../../libs/platform/records/statement-store.js';
import type { PlacedFact, Work } from '../work.js';
import { heardOnce, isTakenBack, sayTheSame, type Dossier } from './dossier.js';
import { eventId, toldBy, versionEvent, withdrawalEvent, type Source, type Withdrawal } from './events.js';

const conflictsBeforeGivingUp = 20;

/** Writes the missing versions of one stream's facts in one append, and tries again when somebody else was first. */
export class StreamWriter {
  constructor(
    readonly stream: string,
    private dossiers: readonly Dossier[],
    private readonly works: readonly Work[],
    private readonly key: Parameters<typeof versionEvent>[3],
    private readonly firstTime: ReadonlySet<string>,
    private readonly log: EventLog,
    private readonly keys: KeyStore,
    private readonly look: (facts: readonly string[]) => Promise<Dossier[]>,
  ) {}

  get looked(): readonly Dossier[] {
    return this.dossiers;
  }

  get facts(): string[] {
    return this.dossiers.map(({ fact }) => fact);
  }

  /** Something is stated of its facts now that it has not looked at. */
  isOvertaken(now: readonly Dossier[]): boolean {
    return !sayTheSame(this.dossiers, now);
  }

  /** `revision`: of the stream, read before the dossiers were opened. */
  async write(revision: number | undefined): Promise<NewEvent[]> {
    // Facts heard of once, in this batch, cannot be in the log: only otherwise is the stream read.
    if (this.dossiers.every((dossier) => heardOnce(dossier, this.firstTime))) return this.append([], revision);
    const history = await this.log.readStream(this.stream);
    const read = history.at(-1)?.revision;
    // Somebody has written since, of statements that are not in the dossiers yet.
    return read === revision ? this.append(history, read) : this.writeAnew();
  }

  /** The stream before the dossiers: what is stated and written in between then shows as a conflict. */
  async writeAnew(attempt = 1): Promise<NewEvent[]> {
    const history = await this.log.readStream(this.stream);
    this.dossiers = (await this.look(this.facts)).filter(({ stream }) => stream === this.stream);
    return this.append(history, history.at(-1)?.revision, attempt);
  }

  private async append(history: readonly RecordedEvent[], revision?: number, attempt = 1): Promise<NewEvent[]> {
    const events = this.dossiers.flatMap((dossier) => this.missing(dossier, history));
    if (events.length === 0) return [];
    try {
      await this.log.append(this.stream, revision ?? 'no-stream', events);
      return events;
    } catch (error) {
      if (!(error instanceof RevisionConflict) || attempt === conflictsBeforeGivingUp) throw error;
      return await this.writeAnew(attempt + 1);
    }
  }

  private missing(dossier: Dossier, history: readonly RecordedEvent[]): NewEvent[] {
    const [statement] = dossier.statements;
    const [only] = dossier.inHand;
    // Nine in ten of a backfill: what follows comes to the same, and costs as much as sealing does.
    if (dossier.lone && history.length === 0 && statement && only) return [this.first(statement, only)];
    const ofFact = history.filter((event) => event.meta.fact === dossier.fact);
    const logged = ofFact.map(loggedVersion);
    const sources = sourcesOf(dossier, ofFact);
    const standing = dossier.statements.filter((row) => !row.retracted);
    // Compared anew by another worker since: that worker tells it, and finds ours there.
    if (standing.some((row) => row.derivedFrom !== undefined && !sources.has(row.content))) return [];
    const said = standing.filter((row) => sources.has(row.content));
    const ids = new Map<Append, string>();
    const idOf = (append: Append): string => {
      const id = ids.get(append) ?? eventId(this.keys, dossier.fact, append);
      ids.set(append, id);
      return id;
    };
    // Taken back by its publisher before it was ever recorded: it is told and withdrawn, as if it had come in time.
    const takenBack = dossier.statements.filter(
      (row) => row.retracted && isTakenBack(dossier, row) && !isLogged(logged, row),
    );
    const told =
      takenBack.length === 0 ? [] : missingVersions([...said, ...takenBack, ...dossier.absences], logged, idOf);
    const after = [...logged, ...told.map((append) => asLogged(append, idOf))];
    const appends = [...told, ...missingVersions([...said, ...dossier.absences], after, idOf)];

    const made: NewEvent[] = [];
    for (const append of appends) {
      const id = idOf(append);
      if (append.kind === 'withdrawn') {
        const before =
          made.find((event) => event.id === append.supersedes) ??
          ofFact.find((event) => event.id === append.supersedes);
        if (before)
          made.push(withdrawalEvent(id, append.supersedes, before.meta, this.why(dossier, append.by), this.key));
      } else {
        const source = sources.get(append.content);
        if (source) made.push(versionEvent(id, append, source, this.key));
      }
    }
    settle(dossier, appends, idOf, ofFact);
    return made;
  }

  private first(statement: StatementRow, told: PlacedFact): NewEvent {
    const append = { kind: 'new', content: told.contentHash, by: statement } as const;
    const id = eventId(this.keys, told.factHash, append);
    told.outcome = { outcome: 'recorded', eventId: id };
    return versionEvent(id, append, { told: toldBy(told) }, this.key);
  }

  private why(dossier: Dossier, absence: Saying | undefined): Withdrawal {
    if (absence) return { code: 'restated-without', receipt: absence.receipt, statedAt: absence.statedAt };
    const gone = dossier.statements.filter((row) => row.retracted).map((row) => row.receipt);
    const taken = this.works.find(
      ({ claimed, retractedBy }) => retractedBy !== undefined && gone.includes(claimed.receipt),
    );
    if (taken?.retractedBy !== undefined) return { code: 'retracted', receipt: taken.retractedBy };
    const read = this.works.find(({ claimed }) => gone.includes(claimed.receipt));
    if (!read && dossier.statements.some((row) => row.derivedFrom !== undefined)) {
      const between = this.works.find(({ facts }) => facts.some(({ stream }) => stream === this.stream));
      return { code: 'compared-anew', receipt: between?.retractedBy ?? between?.claimed.receipt ?? gone[0] ?? '' };
    }
    return { code: 'retranslated', receipt: read?.claimed.receipt ?? gone[0] ?? '' };
  }
}

function isLogged(logged: readonly LoggedVersion[], { content }: StatementRow): boolean {
  return logged.some((version) => version.content === content);
}

function asLogged(append: Append, idOf: (append: Append) => string): LoggedVersion {
  const content = append.kind === 'withdrawn' ? null : append.content;
  return { eventId: idOf(append), content, historic: append.kind === 'historic' };
}

function loggedVersion(event: RecordedEvent): LoggedVersion {
  const { content, historic } = event.meta;
  return { eventId: event.id, content: content === '' ? null : content, historic: historic === true };
}

/**
 * Where each content can be had. A statement of another worker whose message is not in hand and not in the log yet is
 * left out: that worker appends it, and finds ours there.
 */
function sourcesOf(dossier: Dossier, ofFact: readonly RecordedEvent[]): Map<string, Source> {
  const sources = new Map<string, Source>();
  for (const earlier of ofFact) if (earlier.meta.content !== '') sources.set(earlier.meta.content, { earlier });
  for (const one of dossier.derived) sources.set(one.contentHash, { told: one });
  for (const placed of dossier.inHand) sources.set(placed.contentHash, { told: toldBy(placed) });
  return sources;
}

/** Tells each message in hand what came of its fact. */
function settle(
  dossier: Dossier,
  appends: readonly Append[],
  idOf: (append: Append) => string,
  ofFact: readonly RecordedEvent[],
): void {
  for (const placed of dossier.inHand) {
    const { receipt } = placed.work.claimed;
    // Written already, before the statements were looked at once more.
    if (ofFact.some(({ id }) => id === placed.outcome?.eventId)) continue;
    const mine = appends.find(
      (append) => append.kind !== 'withdrawn' && append.content === placed.contentHash && append.by.receipt === receipt,
    );
    if (mine) {
      placed.outcome = { outcome: mine.kind === 'new' ? 'recorded' : mine.kind, eventId: idOf(mine) };
      continue;
    }
    const saying = ofFact.filter((event) => event.meta.content === placed.contentHash);
    // Recorded by an earlier attempt of this very message, which was told so: it is told the same again.
    const own = saying.find((event) => event.meta.receipt === receipt);
    if (own) {
      placed.outcome = { outcome: wordFor(own), eventId: own.id };
      continue;
    }
    const elsewhere = appends.find((append) => append.kind !== 'withdrawn' && append.content === placed.contentHash);
    const id = saying.at(-1)?.id ?? (elsewhere && idOf(elsewhere));
    placed.outcome = { outcome: 'unchanged', ...(id === undefined ? {} : { eventId: id }) };
  }
}

/** What the message that brought an event was told of it. */
function wordFor({ meta }: RecordedEvent): 'recorded' | 'corrected' | 'historic' {
  if (meta.historic === true) return 'historic';
  return meta.supersedes === undefined ? 'recorded' : 'corrected';
}
