import { cellsAround, cellsAt } from 'cen-client';
import { cellToBoundary, latLngToCell } from 'h3-js';
import type { Place, SeededRandom } from '../planning/index.js';

const CELL_RESOLUTION = 3;
const KM_PER_DEGREE = 111.2;
/** How far phones that hear each other are apart at most, in km. */
const BLUETOOTH_KM = 0.1;
/** How well phones know where they are: metres, and the share of fixes that are so good or better. */
const ACCURACIES: readonly (readonly [metres: number, upTo: number])[] = [
  [20, 0.5],
  [500, 0.8],
  [3000, 0.95],
  [25_000, 1],
];

/** The cells that a phone takes for where it may be. */
export interface Fix {
  /** Under which it reports what it gave away. */
  readonly reported: readonly bigint[];
  /** Which it follows, and keeps what it heard with. */
  readonly followed: readonly bigint[];
}

/** What a phone near `place` makes of it: the middle of its fix is off by up to the accuracy that it claims. */
export function fixAt(place: Place, random: SeededRandom): Fix {
  const drawn = random();
  const [metres] = ACCURACIES.find(([, upTo]) => drawn < upTo)!;
  const { latitude, longitude } = within(within(place, BLUETOOTH_KM, random), metres / 1000, random);
  return { reported: cellsAt(latitude, longitude, metres), followed: cellsAround(latitude, longitude, metres) };
}

/** A place within `km`, each as likely. */
export function within(place: Place, km: number, random: SeededRandom): Place {
  const angle = 2 * Math.PI * random();
  const distance = km * Math.sqrt(random());
  const latitude = place.latitude + (distance * Math.sin(angle)) / KM_PER_DEGREE;
  const perDegree = KM_PER_DEGREE * Math.cos((latitude * Math.PI) / 180);
  return { latitude, longitude: place.longitude + (distance * Math.cos(angle)) / perDegree };
}

/** A place within 300 m of the border of the cell in which `place` lies. */
export function atBorder(place: Place, random: SeededRandom): Place {
  const corners = cellToBoundary(latLngToCell(place.latitude, place.longitude, CELL_RESOLUTION));
  const first = Math.floor(random() * corners.length);
  const [a, b] = [corners[first], corners[(first + 1) % corners.length]];
  const share = random();
  const latitude = a[0] + share * (b[0] - a[0]);
  return within({ latitude, longitude: a[1] + share * (b[1] - a[1]) }, 0.3, random);
}
