import { growHub } from './grown-hub.js';
import { shared } from './measurement.js';

/** The log that others are compared with. */
export const small = shared(async (server) => growHub(server, 100_000));

/** One of ten times its size, which the last benchmarks let grow to fifty times. */
export const large = shared(async (server) => growHub(server, 1_000_000));
