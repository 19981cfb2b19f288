/** So many answers of one sealing are kept. */
const MAX_KEPT = 20;

/** Remembers what was computed since the latest sealing: until the next one, the same question has the same answer. */
export class PerSealing<Value> {
  private sealed: number | undefined;
  private readonly answers = new Map<string, Promise<Value>>();

  /** Questions that are asked at the same time are answered once; a failed answer is not kept. */
  async get(sealed: number | undefined, question: string, answer: () => Promise<Value>): Promise<Value> {
    if (sealed !== this.sealed) this.answers.clear();
    this.sealed = sealed;
    const known = this.answers.get(question);
    if (known !== undefined) return known;
    const computed = answer();
    this.answers.set(question, computed);
    for (const oldest of this.answers.keys()) {
      if (this.answers.size <= MAX_KEPT) break;
      this.answers.delete(oldest);
    }
    computed.catch(() => {
      if (this.answers.get(question) === computed) this.answers.delete(question);
    });
    return computed;
  }
}
