import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { api, read, serverNow } from '../../api/index.js';
import { Loaded, Notice, Page, SelectField, Skeleton, useLoad } from '../../design/parts/index.js';
import { useFormats, useMessages } from '../../i18n/index.js';
import type { ViewProps } from '../registry.js';
import { AuthorityField } from '../authority-field.js';
import { DayChart } from './day-chart.js';
import { ExportButtons } from './export-buttons.js';
import './figures.css';
import { fetchStatistics, MEASURES, type Measure, rangeOf, type Statistics } from './statistics.js';

const SPANS = ['14', '30', '90', '365'] as const;
type Span = (typeof SPANS)[number];

/** How many numbers were minted, used, not used and revoked: of an authority, or, for an operator, of all together. */
export function FiguresView({ member }: ViewProps): JSX.Element {
  const { figures } = useMessages();
  const formats = useFormats();
  const [span, setSpan] = useState<Span>('30');
  const [authority, setAuthority] = useState(member.authorityId ?? '');
  const range = rangeOf(Number(span), serverNow());
  const statistics = useLoad(() => fetchStatistics(authority, range), `${authority} ${span}`);
  const authorities = useLoad(
    async () => (member.role === 'operator' ? (await read(api.GET('/admin/v1/authorities'))).authorities : []),
    member.role,
  );
  return (
    <Page
      title={figures.title}
      lead={figures.lead}
      actions={<ExportButtons authority={authority} range={range} data={statistics.data} />}
    >
      <div class="form-row">
        <SelectField
          label={figures.span}
          value={span}
          onChange={setSpan}
          options={SPANS.map((value) => ({ value, text: figures.days(Number(value)) }))}
        />
        {member.role === 'operator' && (
          <AuthorityField
            label={figures.authority}
            all={figures.allAuthorities}
            authorities={authorities.data ?? []}
            value={authority}
            onChange={setAuthority}
          />
        )}
      </div>
      <Loaded of={statistics} skeleton={<ChartsSkeleton />}>
        {(data) => <Charts data={data} />}
      </Loaded>
      <Notice title={figures.smallNumbers.title}>
        <p class="reading">{figures.smallNumbers.text(formats.number(statistics.data?.cohort ?? 10))}</p>
      </Notice>
    </Page>
  );
}

function Charts({ data }: { readonly data: Statistics }): JSX.Element {
  return (
    <>
      <div class="figures">
        {MEASURES.map((measure) => (
          <Figure key={measure} measure={measure} data={data} />
        ))}
      </div>
      <DayTable data={data} />
    </>
  );
}

function Figure({ measure, data }: { readonly measure: Measure; readonly data: Statistics }): JSX.Element {
  const { figures } = useMessages();
  const formats = useFormats();
  const total = data.days.reduce((sum, day) => sum + day[measure], 0);
  return (
    <section class="card figure">
      <h2 class="figure-title">{figures.measures[measure].title}</h2>
      <p class="figure-total numeric">{formats.number(total)}</p>
      <p class="soft small">{figures.measures[measure].text}</p>
      <DayChart
        label={figures.measures[measure].title}
        days={data.days.map(({ date, [measure]: value }) => ({ date, value }))}
      />
    </section>
  );
}

/** The same figures to read and to hear; days without any are left out. */
function DayTable({ data }: { readonly data: Statistics }): JSX.Element {
  const { figures } = useMessages();
  const formats = useFormats();
  const days = data.days.filter((day) => MEASURES.some((measure) => day[measure] > 0)).reverse();
  if (days.length === 0) return <p class="soft">{figures.nothing}</p>;
  return (
    <details class="card">
      <summary>{figures.table}</summary>
      <table class="table">
        <thead>
          <tr>
            <th scope="col">{figures.day}</th>
            {MEASURES.map((measure) => (
              <th key={measure} scope="col" class="numeric">
                {figures.measures[measure].title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {days.map((day) => (
            <tr key={day.date}>
              <td data-label={figures.day}>{formats.day(day.date)}</td>
              {MEASURES.map((measure) => (
                <td key={measure} class="numeric" data-label={figures.measures[measure].title}>
                  {formats.number(day[measure])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

function ChartsSkeleton(): JSX.Element {
  return (
    <div class="figures">
      {MEASURES.map((measure) => (
        <div key={measure} class="card figure">
          <Skeleton lines={5} height="2.2rem" />
        </div>
      ))}
    </div>
  );
}
