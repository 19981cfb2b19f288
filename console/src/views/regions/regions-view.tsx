import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { api, read } from '../../api/index.js';
import { Empty, Loaded, Page, SelectField, Skeleton, useLoad } from '../../design/parts/index.js';
import { useMessages } from '../../i18n/index.js';
import { PreviewCard } from './preview-card.js';
import { RegionMap } from './region-map.js';
import { RegionTable } from './region-table.js';
import { Summary } from './summary.js';
import type { Volumes } from './volumes.js';
import './regions.css';

const SPANS = ['1', '7', '21'] as const;
type Span = (typeof SPANS)[number];

/** How the world is divided, how much is published where, and what a phone there downloads. */
export function RegionsView(): JSX.Element {
  const { regions: words } = useMessages();
  const [span, setSpan] = useState<Span>('7');
  const days = Number(span);
  const volumes = useLoad(() => read(api.GET('/admin/v1/regions', { params: { query: { days } } })), span);
  return (
    <Page
      title={words.title}
      lead={words.lead}
      actions={
        <SelectField
          label={words.span}
          value={span}
          onChange={setSpan}
          options={SPANS.map((value) => ({ value, text: words.days(Number(value)) }))}
        />
      }
    >
      <Loaded of={volumes} skeleton={<MapSkeleton />}>
        {(loaded) => <Divided key={span} volumes={loaded} days={days} />}
      </Loaded>
    </Page>
  );
}

function Divided({ volumes, days }: { readonly volumes: Volumes; readonly days: number }): JSX.Element {
  const { regions: words } = useMessages();
  const [selected, select] = useState<string>();
  if (volumes.regions.length === 0)
    return (
      <>
        <RegionMap regions={[]} selected={undefined} onSelect={select} />
        <Empty title={words.empty}>
          <p class="reading">{words.emptyText}</p>
        </Empty>
      </>
    );
  return (
    <>
      <Summary volumes={volumes} />
      <RegionMap regions={volumes.regions} selected={selected} onSelect={select} />
      <RegionTable volumes={volumes} selected={selected} onSelect={select} />
      <PreviewCard settings={volumes.settings} days={days} />
    </>
  );
}

function MapSkeleton(): JSX.Element {
  return (
    <div class="map-skeleton">
      <Skeleton height="100%" />
    </div>
  );
}
