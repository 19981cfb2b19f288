import type { JSX } from 'preact';
import { useFormats, useMessages } from '../../i18n/index.js';
import type { Volumes } from './volumes.js';

/** The division in four figures. */
export function Summary({ volumes }: { readonly volumes: Volumes }): JSX.Element {
  const { regions: words } = useMessages();
  const formats = useFormats();
  const { regions, omitted, depth, floor, world, slots } = volumes;
  return (
    <dl class="summary">
      <div class="card">
        <dt>{words.summary.regions}</dt>
        <dd class="numeric">{formats.number(regions.length + omitted)}</dd>
        <p class="soft small">
          {words.summary.depth(words.resolutions[depth.deepest + 1], words.resolutions[depth.median + 1])}
        </p>
      </div>
      <div class="card">
        <dt>{words.summary.world}</dt>
        <dd class="numeric">{formats.bytes(world.bytesPerDay)}</dd>
        <p class="soft small">{words.summary.worldText}</p>
      </div>
      <div class="card">
        <dt>{words.summary.slots}</dt>
        <dd class="numeric">{formats.number(slots)}</dd>
        <p class="soft small">{words.summary.floor(formats.number(floor.slots), formats.number(floor.moved))}</p>
      </div>
    </dl>
  );
}
