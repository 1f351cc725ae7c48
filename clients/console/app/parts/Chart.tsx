/** Small charts, drawn as SVG. Their numbers stand beside them, so nothing is said by the drawing alone. */
import { useFormat } from "../words/format.ts";
import type { Tone } from "./Tag.tsx";
import { UserText } from "./Text.tsx";
import classes from "./Chart.module.css";

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

/** Columns over time, the earliest first; the numbers are in the table below. */
export function Trend({ label, bars, write }: ChartProps) {
  const format = useFormat();
  const text = write ?? format.number;
  const width = 100 / Math.max(1, bars.length);
  return (
    <figure className={classes["trend"]} aria-label={label}>
      <svg viewBox="0 0 100 40" preserveAspectRatio="none" aria-hidden="true" className={classes["accent"]}>
        {bars.map((bar, index) => {
          const height = share(bar.value, bars) * 0.4;
          return (
            <rect key={index} x={index * width + width * 0.12} width={width * 0.76} y={40 - height} height={height} className={classes["fill"]} />
          );
        })}
      </svg>
      <dl className={classes["numbers"]}>
        {bars.map((bar, index) => (
          <div key={index}>
            <dt>{bar.label}</dt>
            <dd>{text(bar.value)}</dd>
          </div>
        ))}
      </dl>
    </figure>
  );
}
