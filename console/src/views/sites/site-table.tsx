import type { JSX } from 'preact';
import { Button, Notice } from '../../design/parts/index.js';
import { useFormats, useMessages } from '../../i18n/index.js';
import type { Site } from './upload-sites.js';

interface SiteTableProps {
  readonly sites: readonly Site[];
  /** Empty for who sees one authority's sites alone. */
  readonly authorities: readonly { readonly id: string; readonly name: string }[];
  readonly onEdit: (site: Site) => void;
  readonly onRemove: (site: Site) => void;
}

export function SiteTable({ sites, authorities, onEdit, onRemove }: SiteTableProps): JSX.Element {
  const { sites: words } = useMessages();
  const formats = useFormats();
  const nameOf = new Map(authorities.map(({ id, name }) => [id, name]));
  return (
    <ul class="site-list">
      {sites.map((site) => (
        <li key={site.id} class="card stack-tight">
          <div class="section-head">
            <div>
              <h2>{site.name}</h2>
              <p class="soft small">
                {[nameOf.get(site.authorityId), words.since(formats.day(site.createdOn))].filter(Boolean).join(' · ')}
              </p>
            </div>
            <div class="buttons">
              <Button size="small" label={words.changeLabel(site.name)} onClick={() => onEdit(site)}>
                {words.change}
              </Button>
              <Button size="small" kind="danger" label={words.removeLabel(site.name)} onClick={() => onRemove(site)}>
                {words.remove}
              </Button>
            </div>
          </div>
          <p class="ranges">
            {site.ranges.map((range) => (
              <code key={range}>{range}</code>
            ))}
          </p>
          {site.overlaps.map(({ range, with: other }) => (
            <Notice key={`${range} ${other.siteId}`} kind="warning">
              <p>{words.overlap(range, other.range, other.name ?? words.foreign)}</p>
            </Notice>
          ))}
        </li>
      ))}
    </ul>
  );
}
