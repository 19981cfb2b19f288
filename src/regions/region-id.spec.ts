import { Test } from '@nestjs/testing';
import { cellToChildren, getRes0Cells } from 'h3-js';
import { Regions, RegionsError, RegionsModule, WORLD } from './index.js';

describe('the id of a region', () => {
  let regions: Regions;
  beforeAll(async () => {
    const app = await Test.createTestingModule({ imports: [RegionsModule] }).compile();
    regions = app.get(Regions);
  });

  const codeOf = (id: string): string => {
    try {
      regions.parse(id);
      return 'accepted';
    } catch (error) {
      if (error instanceof RegionsError) return error.code;
      throw error;
    }
  };

  it('is "world", or the fifteen digits that h3-js writes, there and back', () => {
    expect(regions.parse('world')).toBe(WORLD);
    expect(regions.format(WORLD)).toBe('world');
    for (const index of getRes0Cells().flatMap((base) => [base, ...cellToChildren(base, 2)])) {
      expect(regions.format(regions.parse(index))).toBe(index);
    }
  });

  it.each([
    '',
    'World',
    '0',
    '831e05FFFFFFFFF',
    '831e05ffffffff',
    '831e05fffffffff0',
    '0831e05fffffffff',
    ' 831e05fffffffff',
    '831e05fffffffff\n',
  ])('refuses %j as malformed', (id) => {
    expect(codeOf(id)).toBe('malformed-region');
  });

  it('gives the world one name only: fifteen zeros are not a cell', () => {
    expect(codeOf('000000000000000')).toBe('not-a-cell');
  });

  it('tells a cell that is too fine from what is no cell at all', () => {
    expect(codeOf('831e05fffffffff')).toBe('accepted');
    expect(codeOf('841e055ffffffff')).toBe('cell-too-fine');
    expect(codeOf('831e05ffffffff0')).toBe('not-a-cell');
    expect(() => regions.parse('841e055ffffffff')).toThrow(
      '841e055ffffffff is finer than resolution 3: give its ancestor',
    );
  });
});
