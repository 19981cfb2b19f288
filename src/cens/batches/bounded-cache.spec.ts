import { BoundedCache } from './bounded-cache.js';

const cacheOf = (maxWeight: number) => new BoundedCache<string>(maxWeight, (value) => value.length);

describe('a bounded cache', () => {
  it('loads a value once, however many ask for it at once', async () => {
    const cache = cacheOf(10);
    const load = jest.fn(async () => 'value');
    expect(await Promise.all([cache.get('a', load), cache.get('a', load), cache.get('a', load)])).toEqual(
      Array(3).fill('value'),
    );
    await cache.get('a', load);
    expect(load).toHaveBeenCalledTimes(1);
  });

  it('does not keep a failure', async () => {
    const cache = cacheOf(10);
    await expect(cache.get('a', async () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await cache.get('a', async () => 'yes')).toBe('yes');
  });

  it('drops what was used longest ago when it grows too heavy', async () => {
    const cache = cacheOf(6);
    const loaded: string[] = [];
    const get = (key: string) =>
      cache.get(key, async () => {
        loaded.push(key);
        return 'xx';
      });
    for (const key of ['a', 'b', 'c', 'a', 'd']) await get(key);
    expect(loaded).toEqual(['a', 'b', 'c', 'd']);
    loaded.length = 0;
    for (const key of ['a', 'c', 'd', 'b']) await get(key);
    expect(loaded).toEqual(['b']);
  });

  it('hands out a value heavier than all of it without keeping it, nor anything else', async () => {
    const cache = cacheOf(3);
    expect(await cache.get('big', async () => 'xxxx')).toBe('xxxx');
    expect(await cache.get('big', async () => 'again')).toBe('again');
  });
});
