import type { JSX } from 'preact';
import { api, read } from '../../api/index.js';
import { useLoad } from '../../design/parts/index.js';
import { useFormats, useMessages } from '../../i18n/index.js';

/** How many more one may mint today; nothing where there is no limit. Keeps its line meanwhile. */
export function QuotaLine(): JSX.Element {
  const { mint } = useMessages();
  const { number } = useFormats();
  const { data } = useLoad(() => read(api.GET('/admin/v1/quota')), 'quota');
  const tightest = [data?.own, data?.authority]
    .flatMap((use) =>
      use === undefined || use.limit === null ? [] : [{ limit: use.limit, left: Math.max(0, use.limit - use.used) }],
    )
    .sort((a, b) => a.left - b.left)[0];
  return (
    <p class="soft small numeric mint-quota">
      {tightest === undefined ? '\u00a0' : mint.quota(number(tightest.left), number(tightest.limit))}
    </p>
  );
}
