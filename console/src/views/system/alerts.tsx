import type { JSX } from 'preact';
import { Notice } from '../../design/parts/index.js';
import { useFormats, useMessages } from '../../i18n/index.js';
import type { SystemState } from './system-state.js';

interface AlertsProps {
  readonly alerts: SystemState['alerts'];
  /** Unix seconds, by the server's clock. */
  readonly now: number;
}

/** What needs somebody, each with what to do; or that nothing does. */
export function Alerts({ alerts, now }: AlertsProps): JSX.Element {
  const words = useMessages().system.alerts;
  const formats = useFormats();
  if (alerts.length === 0) return <Notice kind="success" title={words.none} />;
  const known: Readonly<Record<string, { readonly meaning: string; readonly advice: string }>> = words.byCode;
  return (
    <section class="stack-tight" aria-label={words.title}>
      {alerts.map(({ code, severity, since, detail, advice, doc }) => {
        const told = Object.hasOwn(known, code) ? known[code] : { meaning: detail, advice };
        return (
          <Notice key={code} kind={severity === 'critical' ? 'danger' : 'warning'} title={told.meaning}>
            <p>
              <strong>{words.todo}</strong> {told.advice}
            </p>
            <p class="small">
              {words.since(formats.relative(since - now))} · <code>{code}</code> · {words.explained} <code>{doc}</code>
            </p>
          </Notice>
        );
      })}
    </section>
  );
}
