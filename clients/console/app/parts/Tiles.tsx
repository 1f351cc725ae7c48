/** Numbers at a glance, each a link to the rows that it counts. */
import type { ReactNode } from "react";
import { Link } from "react-aria-components";
import { Icon, type IconName } from "./Icon.tsx";
import type { Tone } from "./Tag.tsx";
import classes from "./Tiles.module.css";

export function Tiles({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ul className={classes["tiles"]} aria-label={label}>
      {children}
    </ul>
  );
}

export interface TileProps {
  readonly label: string;
  /** The number as text. */
  readonly value: string;
  readonly icon: IconName;
  readonly href: string;
  readonly tone?: Tone;
}

export function Tile({ label, value, icon, href, tone = "calm" }: TileProps) {
  return (
    <li className={classes["tile"]} data-tone={tone}>
      <span className={classes["icon"]}>
        <Icon name={icon} size={20} />
      </span>
      <Link href={href} className={classes["link"]}>
        <strong>{value}</strong> <span>{label}</span>
      </Link>
      <span className={classes["go"]}>
        <Icon name="arrow" size={16} />
      </span>
    </li>
  );
}
