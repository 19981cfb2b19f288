import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { api, read } from '../../api/index.js';
import { Button, Empty, Loaded, Notice, Page, useLoad } from '../../design/parts/index.js';
import { useMessages } from '../../i18n/index.js';
import type { ViewProps } from '../registry.js';
import { RemoveSiteDialog } from './remove-site-dialog.js';
import { SiteDialog } from './site-dialog.js';
import { SiteTable } from './site-table.js';
import './sites.css';
import { fetchSites, type Site } from './upload-sites.js';

type Open =
  { readonly kind: 'edit'; readonly site: Site | undefined } | { readonly kind: 'remove'; readonly site: Site };

/** Places, such as test centres, from whose addresses people may report without a number, where the upload policy is `location`. */
export function SitesView({ member }: ViewProps): JSX.Element {
  const { sites: words } = useMessages();
  const { authorityId } = member;
  const list = useLoad(() => fetchSites(authorityId), 'sites');
  const authorities = useLoad(
    async () => (authorityId === null ? (await read(api.GET('/admin/v1/authorities'))).authorities : []),
    'authorities',
  );
  const policy = useLoad(async () => (await read(api.GET('/v1'))).uploadPolicy, 'policy');
  const [open, setOpen] = useState<Open>();
  const close = (): void => setOpen(undefined);
  const changed = (): void => {
    close();
    list.reload();
  };
  return (
    <Page
      title={words.title}
      lead={words.lead}
      actions={
        <Button kind="primary" onClick={() => setOpen({ kind: 'edit', site: undefined })}>
          {words.add}
        </Button>
      }
    >
      {policy.data !== undefined && policy.data !== 'location' && (
        <Notice title={words.policy.title}>
          <p class="reading">{words.policy.text}</p>
        </Notice>
      )}
      <Loaded of={list}>
        {(sites) =>
          sites.length === 0 ? (
            <Empty title={words.empty}>
              <p class="reading">{words.emptyText}</p>
            </Empty>
          ) : (
            <SiteTable
              sites={sites}
              authorities={authorities.data ?? []}
              onEdit={(site) => setOpen({ kind: 'edit', site })}
              onRemove={(site) => setOpen({ kind: 'remove', site })}
            />
          )
        }
      </Loaded>
      {open?.kind === 'edit' && (
        <SiteDialog
          site={open.site}
          authorityId={authorityId}
          authorities={authorities.data ?? []}
          onClose={close}
          onSaved={changed}
        />
      )}
      {open?.kind === 'remove' && <RemoveSiteDialog site={open.site} onClose={close} onRemoved={changed} />}
    </Page>
  );
}
