import { setImmediate as turn } from 'node:timers/promises';
import { Limit } from './limit.js';

describe('a limit', () => {
  it('runs no more at once than it allows, and everything in the end', async () => {
    const limit = new Limit(2);
    let running = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, ++running);
      await turn();
      running -= 1;
      return most;
    };

    const results = await Promise.all(Array.from({ length: 9 }, () => limit.run(work)));

    expect(results).toHaveLength(9);
    expect(most).toBe(2);
  });

  it('gives the place of failed work to the next', async () => {
    const limit = new Limit(1);
    const failed = limit.run(() => Promise.reject(new Error('failed')));
    const next = limit.run(() => Promise.resolve('ran'));

    await expect(failed).rejects.toThrow('failed');
    await expect(next).resolves.toBe('ran');
  });
});
