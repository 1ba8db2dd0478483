import type { FastifyRequest } from 'fastify';
import { v5 } from 'uuid';

const NAMESPACE = '0b5f7bb6-3a0c-4f0b-9a3c-5a0a2f6a8c11';
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The request's correlation id, a UUID: in the answer, in the log and in the audit. */
export function correlationOf({ id }: FastifyRequest): string {
  return UUID.test(id) ? id : v5(`${process.pid} ${performance.timeOrigin} ${id}`, NAMESPACE);
}
