import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { api, read } from '../../api/index.js';
import { Button, Form, SelectField, TextField, useAction } from '../../design/parts/index.js';
import { useFormats, useMessages } from '../../i18n/index.js';
import type { Preview, Volumes } from './volumes.js';

interface PreviewCardProps {
  readonly settings: Volumes['settings'];
  readonly days: number;
}

const RESOLUTIONS = ['0', '1', '2', '3'] as const;
type Resolution = (typeof RESOLUTIONS)[number];

/** What other settings would have made of the last days. Nothing is changed: settings are the server's environment. */
export function PreviewCard({ settings, days }: PreviewCardProps): JSX.Element {
  const { regions } = useMessages();
  const words = regions.preview;
  const [splitAbove, setSplitAbove] = useState(String(settings.splitAbove));
  const [minReports, setMinReports] = useState(String(settings.minReports));
  const [finest, setFinest] = useState(String(settings.regionMaxResolution) as Resolution);
  const [result, setResult] = useState<Preview>();
  const preview = useAction(async () => {
    const wanted = {
      splitAbove: Number(splitAbove),
      minReports: Number(minReports),
      regionMaxResolution: Number(finest),
    };
    setResult(await read(api.POST('/admin/v1/regions/preview', { body: { ...wanted, days } })));
  });
  return (
    <section class="card stack">
      <div class="stack-tight">
        <h2>{words.title}</h2>
        <p class="soft reading">{words.text}</p>
      </div>
      <Form action={preview}>
        <div class="form-row">
          <TextField
            label={words.splitAbove}
            hint="SPLIT_ABOVE"
            type="number"
            min={1}
            max={8_000_000}
            required
            value={splitAbove}
            onInput={setSplitAbove}
          />
          <TextField
            label={words.minReports}
            hint="MIN_REPORTS"
            type="number"
            min={1}
            max={1000}
            required
            value={minReports}
            onInput={setMinReports}
          />
          <SelectField
            label={words.finest}
            hint="REGION_MAX_RESOLUTION"
            value={finest}
            onChange={setFinest}
            options={RESOLUTIONS.map((value) => ({ value, text: regions.resolutions[Number(value) + 1] }))}
          />
        </div>
        <div>
          <Button type="submit" busy={preview.busy}>
            {words.action}
          </Button>
        </div>
      </Form>
      <div aria-live="polite">{result && <Comparison result={result} />}</div>
    </section>
  );
}

function Comparison({ result }: { readonly result: Preview }): JSX.Element {
  const { regions } = useMessages();
  const words = regions.preview;
  const formats = useFormats();
  const rows = [
    { name: words.regions, of: ({ regions: n }: Preview['current']) => formats.number(n) },
    { name: words.deepest, of: ({ deepest }: Preview['current']) => regions.resolutions[deepest + 1] },
    { name: words.median, of: ({ medianBytesPerDay: bytes }: Preview['current']) => formats.bytes(bytes) },
    { name: words.undivided, of: ({ worldBytesPerDay: bytes }: Preview['current']) => formats.bytes(bytes) },
  ];
  return (
    <div class="stack-tight">
      <table class="table">
        <thead>
          <tr>
            <td />
            <th scope="col" class="numeric">
              {words.now}
            </th>
            <th scope="col" class="numeric">
              {words.then}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, of }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td data-label={words.now} class="numeric">
                {of(result.current)}
              </td>
              <td data-label={words.then} class="numeric">
                {of(result.preview)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="soft small">{result.estimated ? words.estimated : words.exact}</p>
      {result.untold > 0 && <p class="soft small">{words.untold(result.untold)}</p>}
    </div>
  );
}
