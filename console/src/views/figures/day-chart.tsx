import type { JSX } from 'preact';
import { useFormats, useMessages } from '../../i18n/index.js';

interface DayChartProps {
  readonly label: string;
  readonly days: readonly { readonly date: string; readonly value: number }[];
}

/** Of the drawing, which is stretched to the width that there is. */
const WIDTH = 100;
const HEIGHT = 40;
const GAP_SHARE = 0.25;

/** A bar a day. Its numbers are in the table below; who does not see it hears the sum-up. */
export function DayChart({ label, days }: DayChartProps): JSX.Element {
  const { figures } = useMessages();
  const formats = useFormats();
  const most = Math.max(...days.map(({ value }) => value));
  const step = WIDTH / days.length;
  const busiest = days.find(({ value }) => value === most);
  const summary =
    most === 0 || busiest === undefined
      ? figures.nothing
      : figures.busiest(formats.number(most), formats.day(busiest.date));
  return (
    <figure class="day-chart">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={`${label}: ${summary}`}>
        {days.map(({ date, value }, index) => {
          const height = most === 0 ? 0 : Math.max((value / most) * HEIGHT, value > 0 ? 1 : 0);
          return (
            <rect
              key={date}
              x={(index + GAP_SHARE / 2) * step}
              y={HEIGHT - height}
              width={step * (1 - GAP_SHARE)}
              height={height}
            >
              <title>{`${formats.day(date)}: ${formats.number(value)}`}</title>
            </rect>
          );
        })}
      </svg>
      <figcaption class="day-chart-axis small soft">
        <span>{formats.shortDay(days[0].date)}</span>
        <span>{most > 0 && figures.most(formats.number(most))}</span>
        <span>{formats.shortDay(days[days.length - 1].date)}</span>
      </figcaption>
    </figure>
  );
}
