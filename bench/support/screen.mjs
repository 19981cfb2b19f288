/** Writes lines, and beneath them on a terminal the step that a benchmark is at, with the seconds that have passed. */
export function createScreen(stream) {
  const clear = () => stream.isTTY && stream.write('\r\x1b[2K');
  const begun = performance.now();
  return {
    progress(step) {
      if (!stream.isTTY) return;
      clear();
      stream.write(`  ${((performance.now() - begun) / 1000).toFixed(0)} s  ${step}`.slice(0, stream.columns - 1));
    },
    lines(lines) {
      clear();
      stream.write(`${lines.join('\n')}\n`);
    },
  };
}
