/** Injection tokens of the parts every Nest module shares; `PlatformModule` provides them. */
export const CONFIG = Symbol('Config');
export const HUB_DATABASE = Symbol('Database: hub');
export const KEY_STORE = Symbol('KeyStore');
export const EVENT_LOG = Symbol('EventLog');
export const INTAKE = Symbol('IntakeQueue');
export const CLOCK = Symbol('Clock');
export const LOGGER = Symbol('Logger');
export const METRICS = Symbol('Metrics');
