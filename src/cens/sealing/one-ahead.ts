/** The same values; each is asked for before the one before it is handed out, so that it can be made while that one is used. */
export async function* oneAhead<T>(values: AsyncGenerator<T, void, undefined>): AsyncGenerator<T, void, undefined> {
  let next = ask(values);
  try {
    for (;;) {
      const { value, done } = await next;
      if (done === true) return;
      next = ask(values);
      yield value;
    }
  } finally {
    await values.return();
  }
}

/** It may fail while nobody waits for it yet, which must not end the process: whoever waits later is told. */
function ask<T>(values: AsyncGenerator<T, void, undefined>): Promise<IteratorResult<T, void>> {
  const next = values.next();
  next.catch(() => undefined);
  return next;
}
