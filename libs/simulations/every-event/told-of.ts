import type { Told } from '../cloud-event.js';

/** The envelope of one event: `told('arrested', 'nominal')` is message `arrested-1` about the source's record `nominal-1`. */
export function toldOf(time: string, serial: number): (name: string, record: string) => Told {
  return (name, record) => ({ id: `${name}-${serial}`, subject: `${record}-${serial}`, time });
}
