// What the demo shows on a terminal: one line a step, with a bar while it runs. Without a terminal, the lines alone.
import { styleText } from 'node:util';
import { Presets, SingleBar } from 'cli-progress';

const NAME_WIDTH = 16;
const BAR = { barsize: 32, hideCursor: true, clearOnComplete: true, linewrap: true };

/** @param stream where to draw; nothing is drawn without one */
export function createPicture(stream) {
  const paint = (style, text) => (stream?.isTTY && !process.env.NO_COLOR ? styleText(style, text) : text);
  const print = (text = '') => stream?.write(`${text}\n`);
  let running;

  /** Takes a bar that was interrupted off the screen and gives the cursor back. */
  const clear = () => {
    running?.stop();
    running = undefined;
  };

  const draw = (format) => {
    if (!stream?.isTTY) return undefined;
    running = new SingleBar({ ...BAR, format, stream }, Presets.shades_classic);
    running.start(1, 0);
    return running;
  };

  return {
    title: (text) => print(`\n  ${paint('bold', text)}\n`),
    text: (...lines) => print(lines.map((line) => `  ${line}`).join('\n')),
    heading: (name, text) => print(`\n  ${paint('bold', name.padEnd(NAME_WIDTH + 2))}${paint('dim', text)}`),
    done: (name, text) => print(`  ${paint('green', '✔')} ${name.padEnd(NAME_WIDTH)}${text}`),
    checked: (isRight, name, text) =>
      print(`  ${isRight ? paint('green', '✔') : paint('red', '✘')} ${name.padEnd(NAME_WIDTH)}${text}`),
    emphasis: (text) => paint('bold', text),
    clear,
    /** A step whose end cannot be foreseen; `end` replaces it by the line of the finished step. */
    begin: (name, text) => void draw(`    ${name.padEnd(NAME_WIDTH)}${paint('dim', `${text} …`)}`),
    /** The same with a bar; returns what sets it, from 0 to 1. */
    beginBar(name, text) {
      const bar = draw(`    ${name.padEnd(NAME_WIDTH)}{bar}  ${paint('dim', text)}`);
      return (share) => bar?.update(Math.min(1, share));
    },
    end(name, text) {
      clear();
      this.done(name, text);
    },
  };
}

export const count = (number) => number.toLocaleString('en');
export const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
export const seconds = (number) => `${number.toFixed(2)} s`;

/** `2 h 40 min` */
export function duration(minutes) {
  const hours = Math.floor(minutes / 60);
  return [hours > 0 && `${hours} h`, minutes % 60 > 0 && `${minutes % 60} min`].filter(Boolean).join(' ');
}
