import type { JSX } from 'preact';
import { useFormats, useMessages } from '../../i18n/index.js';
import type { Volumes } from './volumes.js';

/** The division in four figures. */
export function Summary({ volumes }: { readonly volumes: Volumes }): JSX.Element {
  const { regions: words } = useMessages();
  const formats = useFormats();
  const { regions, omitted, depth, floor, world, slots } = volumes;
  return (
    <div class="summary">
      <section class="card">
        <h2 class="summary-name">{words.summary.regions}</h2>
        <p class="summary-value numeric">{formats.number(regions.length + omitted)}</p>
        <p class="soft small">
          {words.summary.depth(words.resolutions[depth.deepest + 1], words.resolutions[depth.median + 1])}
        </p>
      </section>
      <section class="card">
        <h2 class="summary-name">{words.summary.world}</h2>
        <p class="summary-value numeric">{formats.bytes(world.bytesPerDay)}</p>
        <p class="soft small">{words.summary.worldText}</p>
      </section>
      <section class="card">
        <h2 class="summary-name">{words.summary.slots}</h2>
        <p class="summary-value numeric">{formats.number(slots)}</p>
        <p class="soft small">{words.summary.floor(formats.number(floor.slots), formats.number(floor.moved))}</p>
      </section>
    </div>
  );
}
