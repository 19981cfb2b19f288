/**
 * Least-recently-used cache of values that cost memory, bounded by their total weight. Concurrent requests for one key
 * load it once. A failed load is not kept.
 */
export class BoundedCache<Value> {
  private readonly entries = new Map<string, { value: Value; weight: number }>();
  private readonly loading = new Map<string, Promise<Value>>();
  private weight = 0;
  /** The key that was used last: to put it behind all others again would cost a small map its whole order each time. */
  private newest: string | undefined;

  constructor(
    private readonly maxWeight: number,
    private readonly weigh: (value: Value) => number,
  ) {}

  async get(key: string, load: () => Promise<Value>): Promise<Value> {
    return this.peek(key) ?? this.loading.get(key) ?? this.load(key, load);
  }

  /** The value, if it is kept; counts as a use. */
  peek(key: string): Value | undefined {
    const entry = this.entries.get(key);
    if (entry === undefined || key === this.newest) return entry?.value;
    this.entries.delete(key);
    this.entries.set(key, entry);
    this.newest = key;
    return entry.value;
  }

  private load(key: string, load: () => Promise<Value>): Promise<Value> {
    const loaded = load()
      .then((value) => this.keep(key, value))
      .finally(() => this.loading.delete(key));
    this.loading.set(key, loaded);
    return loaded;
  }

  private keep(key: string, value: Value): Value {
    const weight = this.weigh(value);
    this.entries.set(key, { value, weight });
    this.newest = key;
    this.weight += weight;
    for (const [oldest, entry] of this.entries) {
      if (this.weight <= this.maxWeight) break;
      this.entries.delete(oldest);
      this.weight -= entry.weight;
    }
    return value;
  }
}
