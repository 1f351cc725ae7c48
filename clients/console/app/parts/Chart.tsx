/** Small charts, drawn as SVG. Their numbers stand beside them, so nothing is said by the drawing alone. */
import { useFormat } from "../words/format.ts";
import { catalog } from "../words/language.ts";
import type { Tone } from "./Tag.tsx";
import { UserText } from "./Text.tsx";
import classes from "./Chart.module.css";

const useTrendWords = catalog(
  {
    summary: (label: string, total: string, most: string, when: string) => `${label}: ${total} in total, most on ${when}: ${most}`,
    nothing: (label: string) => `${label}: nothing in this time`,
  },
  {
    de: {
      summary: (label, total, most, when) => `${label}: insgesamt ${total}, die meisten am ${when}: ${most}`,
      nothing: (label) => `${label}: nichts in dieser Zeit`,
    },
    pl: {
      summary: (label, total, most, when) => `${label}: łącznie ${total}, najwięcej ${when}: ${most}`,
      nothing: (label) => `${label}: nic w tym czasie`,
    },
    ro: {
      summary: (label, total, most, when) => `${label}: ${total} în total, cele mai multe la ${when}: ${most}`,
      nothing: (label) => `${label}: nimic în această perioadă`,
    },
  },
);

export interface Bar {
  readonly label: string;
  readonly value: number;
  readonly tone?: Tone;
}

export interface ChartProps {
  readonly label: string;
  readonly bars: readonly Bar[];
  /** How a number is written; as a plain number if omitted. */
  readonly write?: (value: number) => string;
}

const share = (value: number, bars: readonly Bar[]): number => {
  const most = Math.max(0, ...bars.map((bar) => Math.abs(bar.value)));
  return most > 0 ? (Math.abs(value) / most) * 100 : 0;
};

/** One bar a line, with its label before and its number after it. Two bars may have the same label. */
export function Bars({ label, bars, write }: ChartProps) {
  const format = useFormat();
  return (
    <table className={classes["bars"]} aria-label={label}>
      <tbody>
        {bars.map((bar, index) => (
          <tr key={index}>
            <th scope="row">
              <UserText>{bar.label}</UserText>
            </th>
            <td className={classes["drawing"]}>
              <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" className={classes[bar.tone ?? "accent"]}>
                <rect width="100" height="8" rx="1" className={classes["track"]} />
                <rect width={share(bar.value, bars)} height="8" rx="1" className={classes["fill"]} />
              </svg>
            </td>
            <td className={classes["value"]}>{(write ?? format.number)(bar.value)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The first, the middle and the last label: so many fit below a narrow drawing. */
function axisOf(bars: readonly Bar[]): string[] {
  const last = bars.length - 1;
  return [...new Set([0, Math.floor(last / 2), last])].flatMap((index) => bars[index]?.label ?? []);
}
const HEIGHT = 40;

/** Columns over time, the earliest first. A table with the same numbers stands beside it. */
export function Trend({ label, bars, write }: ChartProps) {
  const format = useFormat();
  const words = useTrendWords();
  const text = write ?? format.number;
  const width = 100 / Math.max(1, bars.length);
  const total = bars.reduce((sum, { value }) => sum + value, 0);
  const most = bars.reduce<Bar | null>((found, bar) => (bar.value > (found?.value ?? 0) ? bar : found), null);
  const summary = most ? words.summary(label, text(total), text(most.value), most.label) : words.nothing(label);
  return (
    <figure className={classes["trend"]} role="img" aria-label={summary}>
      <div className={classes["plot"]}>
        <svg viewBox={`0 0 100 ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true" className={classes[bars[0]?.tone ?? "accent"]}>
          {[0, 0.5, 1].map((part) => (
            <line key={part} x1="0" x2="100" y1={HEIGHT * part} y2={HEIGHT * part} vectorEffect="non-scaling-stroke" className={classes["line"]} />
          ))}
          {bars.map((bar, index) => {
            const height = (share(bar.value, bars) / 100) * HEIGHT;
            return (
              <g key={index} className={classes["column"]}>
                <title>{`${bar.label}: ${text(bar.value)}`}</title>
                <rect x={index * width} width={width} y="0" height={HEIGHT} className={classes["hit"]} />
                <rect x={index * width + width * 0.15} width={width * 0.7} y={HEIGHT - height} height={height} className={classes["fill"]} />
              </g>
            );
          })}
        </svg>
        {most && <span className={classes["most"]}>{text(most.value)}</span>}
      </div>
      <div aria-hidden="true" className={classes["axis"]}>
        {axisOf(bars).map((one) => (
          <span key={one}>{one}</span>
        ))}
      </div>
    </figure>
  );
}
