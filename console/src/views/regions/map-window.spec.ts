import { WHOLE_EARTH, windowAround } from './map-window.js';

const square = (longitude: number, latitude: number, side: number): number[][] => [
  [longitude, latitude],
  [longitude + side, latitude],
  [longitude + side, latitude + side],
  [longitude, latitude + side],
];

test('shows the whole Earth where there is nothing to show', () => {
  expect(windowAround([])).toEqual(WHOLE_EARTH);
});

test('shows all that there is, in the middle, in the shape of the map', () => {
  const { x, y, width, height } = windowAround([square(5, 45, 4), square(20, 50, 4)]);
  expect(width / height).toBeCloseTo(WHOLE_EARTH.width / WHOLE_EARTH.height);
  expect(x).toBeLessThan(50);
  expect(x + width).toBeGreaterThan(240);
  expect(y).toBeLessThan(-540);
  expect(y + height).toBeGreaterThan(-450);
  expect(x + width / 2).toBeCloseTo(145);
});

test('does not go nearer than where land can be recognised', () => {
  expect(windowAround([square(10, 50, 0.1)]).width).toBe(300);
});

test('never shows more than the Earth', () => {
  expect(windowAround([square(-170, -80, 3), square(170, 80, 3)])).toEqual(WHOLE_EARTH);
});
