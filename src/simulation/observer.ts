import { lineage } from 'cen-client';

interface IndexJson {
  readonly children: readonly string[];
  readonly batches: readonly { readonly start: number; readonly part: number; readonly count: number }[];
}

/** Reads every index of a server, as anybody may, and remembers which batches there have been. */
export class Observer {
  private readonly counts = new Map<string, Map<string, number>>();

  /** Batches of the last 48 hours are listed one by one: to be called at least so often. */
  async look(baseUrl: string): Promise<void> {
    const regions = new Set(['world']);
    for (const region of regions) {
      const response = await fetch(`${baseUrl}/v1/regions/${region}`);
      if (response.status !== 200) throw new Error(`The index of ${region} was answered with ${response.status}`);
      const index = (await response.json()) as IndexJson;
      for (const child of index.children) regions.add(child);
      const known = this.counts.get(region) ?? new Map<string, number>();
      for (const { start, part, count } of index.batches) known.set(`${start}-${part}`, count);
      if (known.size > 0) this.counts.set(region, known);
    }
  }

  /** Regions that have had a batch. */
  get regions(): number {
    return this.counts.size;
  }

  get batches(): number {
    return [...this.counts.values()].reduce((sum, { size }) => sum + size, 0);
  }

  /** CENs, decoys included, in all batches of the regions on the paths to these cells. */
  censOnPaths(cells: Iterable<bigint>): number {
    const path = new Set(
      [...cells].flatMap((cell) => lineage(cell)).map((region) => (region === 0n ? 'world' : region.toString(16))),
    );
    let cens = 0;
    for (const region of path) for (const count of this.counts.get(region)?.values() ?? []) cens += count;
    return cens;
  }
}
