import { Regions, WORLD } from '../../regions/index.js';
import { pathFigures } from './region-paths.js';

const regions = new Regions();
const [base, other] = regions.children(WORLD);

it('counts a phone where a region is split at times with what is published there then', () => {
  const volumes = [
    { region: WORLD, bytes: 100, people: 0 },
    { region: base, bytes: 800, people: 1600 },
    { region: regions.children(base)[0], bytes: 300, people: 600 },
    { region: other, bytes: 500, people: 1000 },
  ];
  // Of 3200, the 2200 in and below `base` read all of it.
  expect(pathFigures(volumes, regions)).toMatchObject({ medianBytes: 1200, allBytes: 1700, deepest: 1 });
});

it('lets decoys of the world weigh nothing, unless there is nothing else', () => {
  const world = { region: WORLD, bytes: 9000, people: 0 };
  const cell = { region: base, bytes: 10, people: 20 };
  expect(pathFigures([world, cell], regions)).toMatchObject({ medianResolution: 0, medianBytes: 9010 });
  expect(pathFigures([world], regions)).toMatchObject({ medianResolution: -1, medianBytes: 9000 });
});

it('is nothing where nothing is published', () => {
  expect(pathFigures([], regions)).toMatchObject({ deepest: -1, medianResolution: -1, medianBytes: 0, allBytes: 0 });
});
