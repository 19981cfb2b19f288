/**
 * Bounds bytes that requests hold in memory: all of them together, and those of one network, so that a single one does not
 * keep the others out. It knows networks only while they hold something.
 */
export class ByteBudget {
  private held = 0;
  private readonly byNetwork = new Map<string, number>();

  constructor(
    private readonly most: number,
    private readonly mostOfNetwork: number,
  ) {}

  /** False, and nothing taken, where it would be too much. */
  take(network: string, bytes: number): boolean {
    const ofNetwork = (this.byNetwork.get(network) ?? 0) + bytes;
    if (this.held + bytes > this.most || ofNetwork > this.mostOfNetwork) return false;
    this.held += bytes;
    this.byNetwork.set(network, ofNetwork);
    return true;
  }

  giveBack(network: string, bytes: number): void {
    if (bytes === 0) return;
    const left = this.byNetwork.get(network)! - bytes;
    this.held -= bytes;
    if (left === 0) this.byNetwork.delete(network);
    else this.byNetwork.set(network, left);
  }
}
