import { capabilities } from '../../../libs/capabilities.js';
import { agencyOfType, catalogue } from '../../../libs/contracts/catalogue.js';
import { decide } from '../../../libs/disclosure/decide.js';
import type { Viewer } from '../../../libs/disclosure/terms.js';

/** Whether a looker sees, by the policy, all that could end something: asked of the kinds of facts, whether or not there are any. */
export class EndsInSight {
  // Of one looker there are few answers, and pages ask for thousands.
  readonly #answers = new Map<string, boolean>();

  constructor(private readonly purpose: string) {}

  /** Of a duty, a reminder of it, an offer or a board, by kind. False for one of which nobody has declared what ends it. */
  of(viewer: Viewer, capability: string, kind: string): boolean {
    return this.#answer(viewer, `${capability} ${kind}`, () => endsOf(capability, kind));
  }

  /** Of everything that a capability derives: the looker sees all that it reads. */
  ofAll(viewer: Viewer, capability: string): boolean {
    return this.#answer(viewer, capability, () => capabilities.find(({ name }) => name === capability)?.reads);
  }

  /** Kinds of which this looker sees the end of no child's, whoever's case it is: of other agencies' none of these is shown. */
  unseen(viewer: Viewer): string[] {
    const as = [viewer, { ...viewer, holdsCase: true }];
    return capabilities.flatMap(({ name, ends }) =>
      Object.keys(ends).filter((kind) => !as.some((one) => this.of(one, name, kind))),
    );
  }

  #answer(viewer: Viewer, about: string, types: () => readonly string[] | undefined): boolean {
    // All of a viewer that may differ from child to child.
    const key = `${about} ${String(viewer.holdsCase)} ${viewer.emergency ?? ''}`;
    const found = this.#answers.get(key) ?? types()?.every((type) => this.seesType(viewer, type)) ?? false;
    this.#answers.set(key, found);
    return found;
  }

  /** Facts of this type, handled as the type is. */
  seesType(viewer: Viewer, type: string): boolean {
    const { category = '', handling = '' } = catalogue.get(type) ?? {};
    return decide(viewer, this.purpose, { agency: agencyOfType(type) ?? '', category, handling }) === 'full';
  }
}

/** A reminder is named after its duty (`return-home-interview-late`), and what becomes of an offer after the offer. */
function endsOf(capability: string, kind: string): readonly string[] | undefined {
  const { ends = {} } = capabilities.find(({ name }) => name === capability) ?? {};
  const about = Object.keys(ends)
    .filter((one) => kind === one || kind.startsWith(`${one}-`))
    .toSorted((one, other) => other.length - one.length)[0];
  return about === undefined ? undefined : ends[about];
}
