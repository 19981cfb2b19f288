import { cellToParent, latLngToCell } from 'h3-js';
import { WORLD, type RegionId } from './cell.js';
import { countriesOf } from './countries.js';
import { describeRegion } from './description.js';

const at = (latitude: number, longitude: number, resolution = 3): RegionId =>
  BigInt(`0x${latLngToCell(latitude, longitude, resolution)}`);
const codesAt = (latitude: number, longitude: number, resolution?: number): readonly string[] =>
  countriesOf(at(latitude, longitude, resolution));

describe('the countries that a region touches', () => {
  it.each([
    ['Passau, where three meet', 48.57, 13.46, ['AT', 'DE', 'CZ']],
    ['the middle of France', 46.6, 2.5, ['FR']],
    ['Singapore and its neighbours', 1.35, 103.8, ['MY', 'ID', 'SG']],
    ['Fiji, on the antimeridian', -17, 179.9, ['FJ']],
    ['Chukotka, east of the antimeridian', 66.5, -175, ['RU']],
    ['the south pole', -90, 0, ['AQ']],
    ['the north pole', 90, 0, []],
    ['the middle of the Atlantic', 0, -30, []],
    ['the middle of Siberia, which the table holds by coarser cells', 62, 100, ['RU']],
    ['Pristina, whose country has no ISO 3166 number', 42.66, 21.17, ['XK']],
  ])('%s', (_place, latitude, longitude, countries) => {
    expect([...codesAt(latitude, longitude)].sort()).toEqual(expect.arrayContaining([...countries].sort()));
    if (countries.length === 0) expect(codesAt(latitude, longitude)).toEqual([]);
  });

  it('has those of a cell again in each of its ancestors', () => {
    const cell = latLngToCell(47.1, 9.5, 3);
    const finest = countriesOf(BigInt(`0x${cell}`));
    expect(finest).toContain('LI');
    for (const resolution of [0, 1, 2]) {
      expect(countriesOf(BigInt(`0x${cellToParent(cell, resolution)}`))).toEqual(expect.arrayContaining([...finest]));
    }
  });

  it('names the country with most of the region first', () => {
    expect(codesAt(48.9, 13.4)[0]).toBe('DE');
    expect(codesAt(46.6, 2.5, 1)[0]).toBe('FR');
    expect(codesAt(62, 100, 0)[0]).toBe('RU');
    // China has more of it, Mongolia more of the cells that the table lists one by one.
    expect(codesAt(45, 101.5, 0)[0]).toBe('CN');
    // Peru touches more cells, Brazil has more of them.
    expect(codesAt(-11.2, -69.6, 1)[0]).toBe('BR');
  });
});

describe('the description of a region', () => {
  it('says which countries, how large and where', () => {
    const { label, centre, countries } = describeRegion(at(48.9, 13.4), 'en');
    expect(label).toBe('Germany, Austria, Czechia · 120 km across, near 48.6° N 13.3° E');
    expect(centre).toEqual({ latitude: expect.closeTo(48.6, 1), longitude: expect.closeTo(13.3, 1) });
    expect(countries[0]).toEqual({ code: 'DE', name: 'Germany' });
  });

  it('speaks the language that it is asked for, and English where it does not know it', () => {
    expect(describeRegion(at(48.9, 13.4), 'de').label).toBe(
      'Deutschland, Österreich, Tschechien · 120 km across, near 48,6° N 13,3° E',
    );
    expect(describeRegion(at(48.9, 13.4), 'xx').label).toMatch(/^Germany, Austria, Czechia · .* 48\.6° N/);
    expect(describeRegion(WORLD, 'de').label).toBe('Welt');
    expect(() => describeRegion(WORLD, 'not a locale')).toThrow(RangeError);
  });

  it('counts the countries that a label has no room for', () => {
    const { label, countries } = describeRegion(at(48.9, 13.4, 0), 'en');
    expect(countries.length).toBeGreaterThan(10);
    expect(label).toContain(` + ${countries.length - 3} more · 2,400 km across`);
  });

  it('names the sea by what is near, south and west by their letters', () => {
    expect(describeRegion(at(40, -70), 'en').label).toMatch(
      /^Open sea off United States · 120 km across, near 40\.\d° N 70\.\d° W$/,
    );
    expect(describeRegion(at(-40, -110), 'en').label).toMatch(/^Open sea · 120 km across, near \d+\.\d° S \d+\.\d° W$/);
  });

  it('has the world', () => {
    expect(describeRegion(WORLD, 'en')).toEqual({ label: 'World', centre: null, countries: [] });
  });
});
