import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { api, read } from '../../api/index.js';
import { Button, Loaded, Page, useLoad } from '../../design/parts/index.js';
import { LANGUAGES, useFormats, useMessages } from '../../i18n/index.js';
import { navigate } from '../../routing/index.js';
import type { ViewProps } from '../registry.js';
import { AuthorityTeam } from './authority-team.js';
import { AuthorityDialog, type Authority } from './authority-dialog.js';
import { OperatorsCard } from './operators-card.js';

/** The health authorities, and the operators, who belong to none; or, below `/authorities`, one authority's people and keys. */
export function AuthoritiesView({ member, rest: [authorityId] }: ViewProps): JSX.Element {
  return authorityId === undefined ? <Overview /> : <AuthorityTeam authorityId={authorityId} selfId={member.id} />;
}

function Overview(): JSX.Element {
  const { authorities: words } = useMessages();
  const list = useLoad(async () => (await read(api.GET('/admin/v1/authorities'))).authorities, 'authorities');
  const [edited, edit] = useState<Authority | 'new'>();
  const close = (): void => edit(undefined);
  const saved = (): void => {
    close();
    list.reload();
  };
  return (
    <Page
      title={words.title}
      lead={words.lead}
      actions={
        <Button kind="primary" onClick={() => edit('new')}>
          {words.create}
        </Button>
      }
    >
      <section class="card">
        <Loaded of={list}>{(authorities) => <AuthorityTable authorities={authorities} onEdit={edit} />}</Loaded>
      </section>
      <OperatorsCard />
      {edited !== undefined && (
        <AuthorityDialog authority={edited === 'new' ? undefined : edited} onClose={close} onSaved={saved} />
      )}
    </Page>
  );
}

interface AuthorityTableProps {
  readonly authorities: readonly Authority[];
  readonly onEdit: (authority: Authority) => void;
}

function AuthorityTable({ authorities, onEdit }: AuthorityTableProps): JSX.Element {
  const { authorities: words } = useMessages();
  const formats = useFormats();
  return (
    <table class="table">
      <thead>
        <tr>
          <th scope="col">{words.name}</th>
          <th scope="col">{words.language}</th>
          <th scope="col" class="numeric">
            {words.quota}
          </th>
          <th scope="col">{words.state}</th>
          <td />
        </tr>
      </thead>
      <tbody>
        {authorities.map((authority) => (
          <tr key={authority.id}>
            <td data-label={words.name}>{authority.name}</td>
            <td data-label={words.language}>{LANGUAGES[authority.language]}</td>
            <td data-label={words.quota} class="numeric">
              {authority.dailyQuota === null ? words.noQuota : formats.number(authority.dailyQuota)}
            </td>
            <td data-label={words.state}>
              <span class={`tag ${authority.disabled ? 'tag-danger' : 'tag-success'}`}>
                {authority.disabled ? words.disabled : words.active}
              </span>
            </td>
            <td class="table-actions">
              <span class="buttons buttons-end">
                <Button
                  size="small"
                  label={words.teamLabel(authority.name)}
                  onClick={() => navigate(`/authorities/${authority.id}`)}
                >
                  {words.team}
                </Button>
                <Button size="small" label={words.changeLabel(authority.name)} onClick={() => onEdit(authority)}>
                  {words.change}
                </Button>
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
