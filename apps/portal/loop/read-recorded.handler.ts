import type { JsonObject } from '@bufbuild/protobuf';
import { Inject } from '@nestjs/common';
import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { catalogue, decode } from '../../../libs/contracts/catalogue.js';
import { typesRecordedBy } from '../../../libs/contracts/recorded.js';
import { decide } from '../../../libs/disclosure/decide.js';
import type { DataKey, KeyStore } from '../../../libs/kernel/keys.js';
import type { Database } from '../../../libs/platform/database/pool.js';
import { open } from '../../../libs/platform/keys/seal.js';
import { HUB_DATABASE, KEY_STORE } from '../../../libs/platform/tokens.js';
import { Cursors } from '../looks/cursors.js';
import { Looks } from '../looks/looks.js';
import { ReadRecorded, type RecordedEvent, type RecordedPage } from './read-recorded.query.js';
import { readOwnRecords, readRecorded, readStated, type RecordedRow } from './recorded-rows.js';

const PAGE = 100;

@QueryHandler(ReadRecorded)
export class ReadRecordedHandler implements IQueryHandler<ReadRecorded, RecordedPage> {
  constructor(
    @Inject(HUB_DATABASE) private readonly database: Database,
    @Inject(KEY_STORE) private readonly keys: KeyStore,
    private readonly cursors: Cursors,
    private readonly looks: Looks,
  ) {}

  async execute({ looker, cursor }: ReadRecorded): Promise<RecordedPage> {
    const { who, agency } = looker.viewer;
    const scope = `recorded ${who}`;
    const [after = '0'] = cursor === undefined ? [] : this.cursors.read(scope, cursor);
    const types = typesRecordedBy(agency);
    const rows = await readRecorded(this.database, { agency, types, after, limit: PAGE + 1 });
    const page = rows.slice(0, PAGE);
    const seen = page.filter((row) => decide(looker.viewer, looker.purpose, row) === 'full');
    const recorded = await this.#unstated(seen, who, types);
    await this.looks.record(looker, {
      what: 'recorded.read',
      outcome: 'shown',
      details: { recorded: recorded.length },
      shown: recorded.map(({ id }) => id),
    });
    const last = rows.length > PAGE ? page.at(-1) : undefined;
    return { recorded, ...(last ? { next: this.cursors.write(scope, [String(last.seq)]) } : {}) };
  }

  /** Without what the system has stated itself since, under the same key: there it is keyed already. */
  async #unstated(rows: readonly RecordedRow[], system: string, types: readonly string[]): Promise<RecordedEvent[]> {
    const records = [...new Set(rows.map(({ record }) => record))];
    if (records.length === 0) return [];
    const [stated, own] = await Promise.all([
      readStated(this.database, { system, types, records }),
      readOwnRecords(this.database, system, records),
    ]);
    const ids = [...rows, ...stated, ...own].map(({ key_id }) => key_id);
    const found = await this.keys.find([...new Set(ids)]);
    const keyed = stated.flatMap((row) => {
      const data = opened(row, found);
      return data ? [{ at: Date.parse(row.stated_at), key: keyOf(row.of, row.type, data) }] : [];
    });
    const subjects = new Map(
      own.flatMap(({ of, stream, key_id, source_key }) => {
        const key = found.get(key_id);
        return key ? [[of, open(key, source_key, stream).toString()] as const] : [];
      }),
    );
    return rows.flatMap((row): RecordedEvent[] => {
      const data = opened(row, found);
      if (!data) return [];
      const key = keyOf(row.record, row.type, data);
      if (keyed.some((one) => one.key === key && one.at >= Date.parse(row.stated_at))) return [];
      const subject = subjects.get(row.record);
      return [
        {
          id: row.key,
          type: row.type,
          ...(subject === undefined ? {} : { subject }),
          time: row.occurred_at,
          recordedtime: row.stated_at,
          data,
        },
      ];
    });
  }
}

function opened(row: Omit<RecordedRow, 'seq'>, keys: ReadonlyMap<string, DataKey>): JsonObject | undefined {
  const key = keys.get(row.key_id);
  return key && decode(row.type, open(key, row.sealed, row.key));
}

/** What it is known by: the child's record that was asked about, the type, and the contract's key. */
function keyOf(record: string, type: string, data: JsonObject): string {
  const contract = catalogue.get(type);
  const fields = contract?.schema.fields.filter(({ name }) => contract.key.includes(name)) ?? [];
  return JSON.stringify([record, type, ...fields.map(({ jsonName }) => data[jsonName] ?? '')]);
}
