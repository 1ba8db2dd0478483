import { catalogue } from '../../contracts/catalogue.js';
import { fromWire, ContractError } from '../../contracts/wire.js';
import type { Format } from '../../kernel/adapter.js';
import { part, type Item } from '../../kernel/outcome.js';

/**
 * A format whose facts obey the rules beside the fields of the contract, as those do that a publisher writes itself: one that
 * does not (a reference of ten thousand letters, say) goes to a person. Then the message covers nothing: it was not read whole.
 */
export function heldToContract(format: Format): Format {
  return (message) => {
    const { items, covers } = format(message);
    const held = items.map(obeying);
    return { items: held, covers: held.every((item, at) => item === items[at]) ? covers : [] };
  };
}

function obeying(item: Item): Item {
  if (item.outcome !== 'fact') return item;
  const { type, data, pointer } = item.fact;
  const contract = catalogue.get(type);
  if (contract === undefined) throw new Error(`${type} is not in the catalogue`);
  try {
    fromWire(contract, data);
    return item;
  } catch (error) {
    if (!(error instanceof ContractError)) throw error;
    return part('quarantined', 'invalid-data', error.message, pointer);
  }
}
