import type { JSX } from 'preact';

/** Outlines on a grid of 24, in the manner of the console's own drawing. */
const OUTLINES = {
  alert: 'M12 8v5m0 3.5v.01M10.3 3.9 2.6 17.4A2 2 0 0 0 4.3 20.4h15.4a2 2 0 0 0 1.7-3L13.7 3.9a2 2 0 0 0-3.4 0Z',
  building: 'M4 21V5.5L12 3v18M12 8l8 2.5V21M2.5 21h19M8 8v.01M8 12v.01M8 16v.01M16 13.5v.01M16 17v.01',
  chart: 'M4 4v16h16M8.5 15.5v-3M12.5 15.5v-7M16.5 15.5v-5',
  check: 'm5 12.5 4.5 4.5L19 7.5',
  copy: 'M9 9V5.5A1.5 1.5 0 0 1 10.5 4h8A1.5 1.5 0 0 1 20 5.5v8a1.5 1.5 0 0 1-1.5 1.5H15M5.5 9h8A1.5 1.5 0 0 1 15 10.5v8a1.5 1.5 0 0 1-1.5 1.5h-8A1.5 1.5 0 0 1 4 18.5v-8A1.5 1.5 0 0 1 5.5 9Z',
  download: 'M12 4v11m0 0 4.5-4.5M12 15l-4.5-4.5M4.5 19.5h15',
  info: 'M12 11v5.5M12 7.6v.01M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0Z',
  key: 'M14.5 9.5a5 5 0 1 1-5-5 5 5 0 0 1 5 5Zm-1.6 3.4L20 20m-2.5-2.5 2-2',
  list: 'M8.5 6h11M8.5 12h11M8.5 18h11M4.5 6v.01M4.5 12v.01M4.5 18v.01',
  log: 'M6 3.5h9l4 4v13H6zM14.5 3.5V8H19M9 12.5h7M9 16.5h7',
  map: 'M9 4 3.5 6.5v13.5L9 17.5l6 2.5 5.5-2.5V4L15 6.5zM9 4v13.5M15 6.5V20',
  menu: 'M4 7h16M4 12h16M4 17h16',
  number: 'M9.5 4 7.5 20M16.5 4l-2 16M4.5 9h16M3.5 15h16',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20.5c.8-3.8 3.8-6 7.5-6s6.7 2.2 7.5 6',
  pin: 'M12 21s7-6.1 7-11.3A7 7 0 0 0 5 9.7C5 14.9 12 21 12 21Zm0-8.7a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z',
  pulse: 'M3 12.5h4l2.5-7 4.5 13 2.5-6H21',
  shield: 'M12 3.5 5 6v5.5c0 4.3 2.9 7.6 7 9 4.1-1.4 7-4.7 7-9V6z',
  team: 'M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM2.5 19.5c.7-3.3 3.3-5 6.5-5s5.8 1.7 6.5 5M15.5 4.8a3.5 3.5 0 0 1 0 6.4M18 14.9c1.9.8 3.1 2.4 3.5 4.6',
} as const;

export type IconName = keyof typeof OUTLINES;

interface IconProps {
  readonly name: IconName;
  readonly size?: number;
}

/** A drawing beside a text that says the same: screen readers pass it by. */
export function Icon({ name, size = 22 }: IconProps): JSX.Element {
  return (
    <svg
      class="icon"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="1.8"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      <path d={OUTLINES[name]} />
    </svg>
  );
}
