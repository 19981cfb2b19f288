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

it('knows how much there is here', () => {
  expect(sharedBuffers()).toMatch(/^\d{3,4}MB$/);
});
