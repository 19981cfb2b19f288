import { totalmem } from 'node:os';
import { sharedBuffers } from './shared-buffers.js';

const GIB = 1024 ** 3;

it('is an eighth of the memory, from 128 MB to 2 GB', () => {
  expect([0.25, 1, 1.5, 4, 15.99, 16, 1000].map((memory) => sharedBuffers(memory * GIB))).toEqual([
    '128MB',
    '128MB',
    '192MB',
    '512MB',
    '2046MB',
    '2048MB',
    '2048MB',
  ]);
});

describe('of a container', () => {
  const limit = jest.spyOn(process, 'constrainedMemory');
  afterAll(() => limit.mockRestore());

  it('is an eighth of its limit', () => {
    limit.mockReturnValue(1.5 * GIB);
    expect(sharedBuffers()).toBe('192MB');
  });

  it.each([0, 2 ** 64])('is an eighth of the machine where Node.js says %d, without a limit', (unlimited) => {
    limit.mockReturnValue(unlimited);
    expect(sharedBuffers()).toBe(sharedBuffers(totalmem()));
  });
});
