const HEAD_END = Buffer.from('\r\n\r\n');
const NOTHING = Buffer.alloc(0);

/** Counts the answers that arrive on one connection, whatever the pieces; their bodies are passed over. */
export class Answers {
  #status;
  #expected;
  #onAnswer;
  #head = NOTHING;
  #bodyLeft = 0;

  /** @param onAnswer called when an answer is whole */
  constructor(status, onAnswer) {
    this.#status = status;
    this.#expected = Buffer.from(`HTTP/1.1 ${status} `);
    this.#onAnswer = onAnswer;
  }

  /** Keeps nothing of `piece`. Throws when an answer has another status. */
  take(piece) {
    let rest = piece;
    while (rest.length > 0) {
      rest = this.#bodyLeft > 0 ? this.#passOver(rest) : this.#begin(rest);
      if (this.#head.length === 0 && this.#bodyLeft === 0) this.#onAnswer();
    }
  }

  #passOver(bytes) {
    const passed = Math.min(this.#bodyLeft, bytes.length);
    this.#bodyLeft -= passed;
    return bytes.subarray(passed);
  }

  /** What comes after the head of the next answer; nothing while that is not whole. */
  #begin(bytes) {
    const head = this.#head.length === 0 ? bytes : Buffer.concat([this.#head, bytes]);
    const headEnd = head.indexOf(HEAD_END);
    if (headEnd < 0) {
      this.#head = Buffer.from(head);
      return NOTHING;
    }
    const isExpected = head.compare(this.#expected, 0, this.#expected.length, 0, this.#expected.length) === 0;
    if (!isExpected) throw new Error(`${this.#status} expected, answered: ${head.toString('latin1', 0, headEnd)}`);
    this.#bodyLeft = this.#status === 304 ? 0 : bodyLength(head.toString('latin1', 0, headEnd));
    this.#head = NOTHING;
    return head.subarray(headEnd + HEAD_END.length);
  }
}

function bodyLength(head) {
  const [, length] = /\r\ncontent-length: (\d+)/i.exec(head) ?? [];
  if (length === undefined) throw new Error('an answer without Content-Length');
  return Number(length);
}
