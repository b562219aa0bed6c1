// What an editor wants otherwise than the policy: for one mention (here) or for an entity (everywhere).

export class Choices {
  constructor() {
    this.here = new Map();
    this.everywhere = new Map();
  }

  get empty() {
    return this.here.size === 0 && this.everywhere.size === 0;
  }

  copy() {
    const other = new Choices();
    other.here = new Map(this.here);
    other.everywhere = new Map(this.everywhere);
    return other;
  }

  /** The mention of these places is called so; of several things that it may name, it is `entity`. */
  setHere(mention, entity, usage) {
    const { start, end, surface } = mention;
    this.here.set(placeOf(mention), { entity, usage, start, end, surface });
  }

  /** Every mention of the entity is called so, but for the choices for one. */
  setEverywhere(mention, entity, usage) {
    this.here.delete(placeOf(mention));
    this.everywhere.set(entity, { entity, usage, surface: mention.surface });
  }

  /** The policy decides on this mention, and on its entity. */
  drop(mention, entity) {
    this.here.delete(placeOf(mention));
    this.everywhere.delete(entity);
  }

  /** The choice that holds for a mention, if any. */
  of(mention, entity) {
    return this.here.get(placeOf(mention)) ?? this.everywhere.get(entity);
  }

  /** Another text has other places. */
  forgetPlaces() {
    this.here.clear();
  }

  /** The overrides of a request (see Override of the API). */
  overrides() {
    const everywhere = [...this.everywhere.values()].map(({ entity, usage }) => ({ entity, usage }));
    const here = [...this.here.values()].map(({ entity, usage, start, end }) => ({ entity, usage, start, end }));
    return [...everywhere, ...here];
  }
}

const placeOf = ({ start, end }) => `${start}-${end}`;
