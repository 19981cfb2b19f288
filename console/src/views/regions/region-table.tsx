import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../../design/parts/index.js';
import { useFormats, useMessages } from '../../i18n/index.js';
import { censOf, type RegionVolume, type Volumes } from './volumes.js';

const PAGE = 20;

interface RegionTableProps {
  readonly volumes: Volumes;
  readonly selected: string | undefined;
  readonly onSelect: (region: string) => void;
}

/** Those with most CENs first; whichever is chosen on the map is shown, too. */
export function RegionTable({ volumes, selected, onSelect }: RegionTableProps): JSX.Element {
  const { regions: words, parts } = useMessages();
  const formats = useFormats();
  const [shown, show] = useState(PAGE);
  const sorted = [...volumes.regions].sort((a, b) => censOf(b) - censOf(a));
  const least = sorted.findIndex(({ region }) => region === selected) + 1;
  const rows = sorted.slice(0, Math.max(shown, least));
  return (
    <section class="card stack-tight">
      <h2>{words.table}</h2>
      <table class="table">
        <thead>
          <tr>
            <th scope="col">{words.region}</th>
            <th scope="col" class="numeric">
              {words.cens}
            </th>
            <th scope="col" class="numeric">
              {words.perDay}
            </th>
            <th scope="col" class="numeric">
              {words.perMonth}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((volume) => (
            <Row key={volume.region} volume={volume} isSelected={volume.region === selected} onSelect={onSelect} />
          ))}
        </tbody>
      </table>
      {rows.length < sorted.length && (
        <div>
          <Button size="small" onClick={() => show(rows.length + PAGE)}>
            {parts.more}
          </Button>
        </div>
      )}
      {volumes.omitted > 0 && <p class="soft small">{words.omitted(formats.number(volumes.omitted))}</p>}
    </section>
  );
}

interface RowProps {
  readonly volume: RegionVolume;
  readonly isSelected: boolean;
  readonly onSelect: (region: string) => void;
}

function Row({ volume, isSelected, onSelect }: RowProps): JSX.Element {
  const { regions: words } = useMessages();
  const formats = useFormats();
  const place = useRef<HTMLTableRowElement>(null);
  useEffect(() => {
    if (isSelected) place.current?.scrollIntoView({ block: 'nearest' });
  }, [isSelected]);
  const { region, label, resolution, path } = volume;
  return (
    <tr ref={place} class={isSelected ? 'row-selected' : ''}>
      <td>
        <div>
          <button type="button" class="region-name" aria-pressed={isSelected} onClick={() => onSelect(region)}>
            {resolution < 0 ? words.world : label}
          </button>
          <span class="soft small">{resolution < 0 ? words.worldText : <code>{region}</code>}</span>
        </div>
      </td>
      <td data-label={words.cens} class="numeric">
        {formats.number(censOf(volume))}
      </td>
      <td data-label={words.perDay} class="numeric">
        {formats.bytes(path.bytesPerDay)}
      </td>
      <td data-label={words.perMonth} class="numeric">
        {formats.bytes(path.bytesPerMonth)}
      </td>
    </tr>
  );
}
