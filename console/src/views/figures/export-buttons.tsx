import type { JSX } from 'preact';
import { Button, ProblemNotice, useAction } from '../../design/parts/index.js';
import { useMessages } from '../../i18n/index.js';
import { saveFile } from '../save-file.js';
import { fetchStatisticsCsv, type Range, type Statistics } from './statistics.js';

interface ExportButtonsProps {
  readonly authority: string;
  readonly range: Range;
  readonly data: Statistics | undefined;
}

/** What is on the page, as a file. */
export function ExportButtons({ authority, range, data }: ExportButtonsProps): JSX.Element {
  const { figures } = useMessages();
  const name = `figures-${range.from}-${range.to}`;
  const csv = useAction(async () => saveFile(`${name}.csv`, 'text/csv', await fetchStatisticsCsv(authority, range)));
  const json = (): void => saveFile(`${name}.json`, 'application/json', `${JSON.stringify(data, null, 2)}\n`);
  return (
    <>
      <ProblemNotice problem={csv.problem} />
      <Button icon="download" busy={csv.busy} onClick={() => void csv.run()}>
        {figures.csv}
      </Button>
      <Button icon="download" disabled={data === undefined} onClick={json}>
        {figures.json}
      </Button>
    </>
  );
}
