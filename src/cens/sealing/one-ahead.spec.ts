import { oneAhead } from './one-ahead.js';

const log: string[] = [];
beforeEach(() => log.splice(0));

async function* counting(to: number, fails = Infinity): AsyncGenerator<number, void, undefined> {
  try {
    for (let i = 0; i < to; i++) {
      log.push(`makes ${i}`);
      if (i === fails) throw new Error(`cannot make ${i}`);
      yield await Promise.resolve(i);
    }
  } finally {
    log.push('closed');
  }
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('values that are made one ahead', () => {
  it('are the same, each made before the one before it is used up', async () => {
    for await (const value of oneAhead(counting(3))) {
      await turn();
      log.push(`uses ${value}`);
    }
    expect(log).toEqual(['makes 0', 'makes 1', 'uses 0', 'makes 2', 'uses 1', 'closed', 'uses 2']);
  });

  it('are no more when whoever uses them fails, and the source is closed', async () => {
    const use = async () => {
      for await (const value of oneAhead(counting(9))) {
        await turn();
        throw new Error(`cannot use ${value}`);
      }
    };
    await expect(use()).rejects.toThrow('cannot use 0');
    expect(log).toEqual(['makes 0', 'makes 1', 'closed']);
  });

  it('may fail while nobody waits for them: whoever waits later is told', async () => {
    const unheard: unknown[] = [];
    const hear = (reason: unknown) => unheard.push(reason);
    process.on('unhandledRejection', hear);
    const used: number[] = [];
    const use = async () => {
      for await (const value of oneAhead(counting(9, 1))) {
        await turn();
        await turn();
        used.push(value);
      }
    };
    await expect(use()).rejects.toThrow('cannot make 1');
    process.off('unhandledRejection', hear);
    expect({ used, unheard }).toEqual({ used: [0], unheard: [] });
  });
});
