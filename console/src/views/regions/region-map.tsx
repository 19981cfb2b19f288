import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { Button } from '../../design/parts/index.js';
import { useFormats, useMessages } from '../../i18n/index.js';
import { LAND } from './land.js';
import { pointOf, WHOLE_EARTH, windowAround } from './map-window.js';
import { censOf, type RegionVolume, SHADES, shadesOf } from './volumes.js';

interface RegionMapProps {
  readonly regions: readonly RegionVolume[];
  readonly selected: string | undefined;
  readonly onSelect: (region: string) => void;
}

/** The regions on a map, darker where more is published. The table says the same to who does not see it. */
export function RegionMap({ regions, selected, onSelect }: RegionMapProps): JSX.Element {
  const { regions: words } = useMessages();
  const [isWhole, showWhole] = useState(false);
  const drawn = useMemo(() => shapesOf(regions), [regions]);
  const { x, y, width, height } = isWhole ? WHOLE_EARTH : drawn.window;
  return (
    <section class="card stack-tight map-card">
      <svg
        class="map"
        viewBox={`${x} ${y} ${width} ${height}`}
        role="img"
        aria-label={words.map(regions.length)}
        preserveAspectRatio="xMidYMid slice"
      >
        <path class="map-land" d={LAND} />
        {drawn.shapes.map((shape) => (
          <RegionShape
            key={shape.volume.region}
            shape={shape}
            isSelected={shape.volume.region === selected}
            onSelect={onSelect}
          />
        ))}
      </svg>
      <div class="section-head">
        <Legend />
        {drawn.window !== WHOLE_EARTH && (
          <Button size="small" onClick={() => showWhole(!isWhole)}>
            {isWhole ? words.regionsOnly : words.wholeEarth}
          </Button>
        )}
      </div>
    </section>
  );
}

interface Shape {
  readonly volume: RegionVolume;
  readonly shade: number;
  readonly path: string;
}

/** Large regions lie below the small ones inside them; the world has no outline, and colours nothing. */
function shapesOf(regions: readonly RegionVolume[]) {
  const outlined = regions.filter(({ outline }) => outline !== undefined && outline.length > 0);
  const shades = shadesOf(outlined);
  const shapes = [...outlined]
    .sort((a, b) => a.resolution - b.resolution)
    .map((volume): Shape => ({ volume, shade: shades.get(volume.region) ?? 0, path: pathOf(volume.outline ?? []) }));
  return { shapes, window: windowAround(outlined.map(({ outline }) => outline ?? [])) };
}

/** Outlines run on over the antimeridian: drawn once more a turn away, they come in at the other side. */
function pathOf(outline: readonly (readonly number[])[]): string {
  return [-360, 0, 360]
    .map((turn) => outline.map(([longitude, latitude]) => pointOf([longitude + turn, latitude]).join(' ')).join('L'))
    .map((corners) => `M${corners}z`)
    .join('');
}

interface RegionShapeProps {
  readonly shape: Shape;
  readonly isSelected: boolean;
  readonly onSelect: (region: string) => void;
}

function RegionShape({ shape: { volume, shade, path }, isSelected, onSelect }: RegionShapeProps): JSX.Element {
  const { regions: words } = useMessages();
  const formats = useFormats();
  const { region, label, path: download } = volume;
  return (
    <path
      class={`map-region map-shade-${shade} ${isSelected ? 'map-selected' : ''}`}
      d={path}
      onClick={() => onSelect(region)}
    >
      <title>{words.tip(label, formats.number(censOf(volume)), formats.bytes(download.bytesPerDay))}</title>
    </path>
  );
}

function Legend(): JSX.Element {
  const { regions: words } = useMessages();
  return (
    <p class="map-legend small soft">
      <span>{words.little}</span>
      {Array.from({ length: SHADES }, (_, shade) => (
        <span key={shade} class={`map-sample map-shade-${shade}`} />
      ))}
      <span>{words.much}</span>
    </p>
  );
}
