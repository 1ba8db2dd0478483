import { fromBinary } from '@bufbuild/protobuf';
import {
  AskedWhyWithheldSchema,
  RequestAnsweredSchema,
  SaidToBeWrongSchema,
  SignificanceJudgedSchema,
  type AskedWhyWithheld,
  type RequestAnswered,
  type SaidToBeWrong,
  type SignificanceJudged,
} from '../../contracts/gen/hub/record/v1/record_pb.js';
import { isAgency, type Agency } from '../../kernel/agency.js';
import type { DataKey, KeyStore } from '../../kernel/keys.js';
import type { Database } from '../database/pool.js';
import { open } from '../keys/seal.js';

/** What somebody said of an entry or of a record. Opened: show it only to whoever may see the entry. */
export interface Annotation<Said = Content> {
  readonly id: string;
  readonly record: string;
  /** Of whoever said it. */
  readonly agency: Agency;
  /** RFC 3339. */
  readonly saidAt: string;
  /** Of the message that said it: the name of a request. */
  readonly receipt: string;
  readonly said: Said;
}

type Content = SignificanceJudged | SaidToBeWrong | AskedWhyWithheld | RequestAnswered;

const schemas = new Map<string, (data: Uint8Array) => Content>(
  [SignificanceJudgedSchema, SaidToBeWrongSchema, AskedWhyWithheldSchema, RequestAnsweredSchema].map((schema) => [
    schema.typeName,
    (data) => fromBinary(schema, data),
  ]),
);

export interface SealedAnnotation {
  readonly key: string;
  readonly record: string;
  readonly type: string;
  readonly agency: string;
  readonly said_at: string;
  readonly receipt: string;
  readonly key_id: string;
  readonly sealed: Buffer;
}

/** What was said about these records and holds, now or as recorded at an instant (RFC 3339); oldest first. */
export async function readAnnotations(
  { database, keys }: { readonly database: Database; readonly keys: KeyStore },
  records: readonly string[],
  asKnownAt?: string,
): Promise<Annotation[]> {
  if (records.length === 0) return [];
  const { rows } = await database.query<SealedAnnotation>({
    name: 'annotations of records',
    text: `
      select key, record, type, agency, said_at, receipt, key_id, sealed from annotations
      where record = any($1::uuid[])
        and ($2::timestamptz is null or recorded_at <= $2) and (void_at is null or void_at > $2)
      order by position`,
    values: [records, asKnownAt ?? null],
  });
  return openAnnotations(rows, keys);
}

/** All that was said about some records, read ahead of those that ask for part of it. */
export interface SaidOf {
  readonly records: readonly string[];
  readonly annotations: readonly Annotation[];
}

/** The same from what was read before, where that holds all of these records. */
export async function annotationsAmong(
  parts: { readonly database: Database; readonly keys: KeyStore },
  records: readonly string[],
  said: SaidOf | undefined,
  asKnownAt?: string,
): Promise<Annotation[]> {
  if (!said || !records.every((record) => said.records.includes(record))) {
    return readAnnotations(parts, records, asKnownAt);
  }
  return said.annotations.filter(({ record }) => records.includes(record));
}

/** What was erased is left out, and so is what this version cannot read. */
export async function openAnnotations(rows: readonly SealedAnnotation[], keys: KeyStore): Promise<Annotation[]> {
  const found = await keys.find([...new Set(rows.map(({ key_id }) => key_id))]);
  return rows.flatMap((row) => opened(row, found.get(row.key_id)));
}

function opened(row: SealedAnnotation, key: DataKey | undefined): Annotation[] {
  const read = schemas.get(row.type);
  if (!key || !read || !isAgency(row.agency)) return [];
  const said = read(open(key, row.sealed, row.key));
  const { key: id, record, agency, said_at: saidAt, receipt } = row;
  return [{ id, record, agency, saidAt, receipt, said }];
}

export const isMark = (one: Annotation): one is Annotation<SignificanceJudged> =>
  one.said.$typeName === SignificanceJudgedSchema.typeName;

export const isDispute = (one: Annotation): one is Annotation<SaidToBeWrong> =>
  one.said.$typeName === SaidToBeWrongSchema.typeName;

export const isWhy = (one: Annotation): one is Annotation<AskedWhyWithheld> =>
  one.said.$typeName === AskedWhyWithheldSchema.typeName;

export const isAnswer = (one: Annotation): one is Annotation<RequestAnswered> =>
  one.said.$typeName === RequestAnsweredSchema.typeName;
