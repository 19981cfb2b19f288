/** Runs tasks with at most `most` under way at once; ends with the first that fails. */
export async function inParallel(tasks: readonly (() => Promise<void>)[], most: number): Promise<void> {
  let next = 0;
  const work = async () => {
    while (next < tasks.length) await tasks[next++]();
  };
  await Promise.all(Array.from({ length: Math.min(most, tasks.length) }, work));
}
