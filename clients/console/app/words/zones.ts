/** Times of day in a zone, as forms have them. */

const fields = (zone: string): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });

/** Milliseconds by which the zone's clock is ahead of UTC at an instant. */
function offset(zone: string, instant: number): number {
  const parts = Object.fromEntries(fields(zone).formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts as Record<string, number>;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant / 1_000) * 1_000;
}

/**
 * Returns the instant of a local time such as `2026-12-01T10:00` in a zone; null if it is not one. A time that a change
 * of the clocks leaves out is the one an hour later; of one that occurs twice, it is the first.
 */
export function instantIn(zone: string, local: string): string | null {
  const wall = Date.parse(`${local}Z`);
  if (!Number.isFinite(wall)) return null;
  const before = offset(zone, wall - 86_400_000);
  const after = offset(zone, wall + 86_400_000);
  const candidates = [wall - before, wall - after].filter((instant) => instant + offset(zone, instant) === wall);
  return new Date(candidates.length > 0 ? Math.min(...candidates) : wall - before).toISOString();
}

/** Returns the instants at which the day began in a zone so many days before today, and at which today ends. */
export function wholeDays(zone: string, now: number, days: number): { from: string; to: string } {
  const today = Date.parse(`${localIn(zone, new Date(now).toISOString()).slice(0, 10)}T00:00Z`);
  const begins = (day: number): string => instantIn(zone, new Date(today + day * 86_400_000).toISOString().slice(0, 16)) ?? "";
  return { from: begins(1 - days), to: begins(1) };
}

const DAY_MS = 86_400_000;

/** Returns the day so many days after another one, such as `2026-12-01`. */
export const dayAfter = (day: string, days: number): string => new Date(Date.parse(`${day}T00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

/** Returns the Monday of the week of a day; null if it is not a day. */
export function mondayOf(day: string): string | null {
  const found = /^\d{4}-\d\d-\d\d$/.test(day) ? new Date(`${day}T00:00Z`) : null;
  return found && Number.isFinite(found.getTime()) ? dayAfter(day, -((found.getUTCDay() + 6) % 7)) : null;
}

/** A day with the instants at which it begins and ends in a zone. */
export interface Day {
  readonly day: string;
  readonly from: string;
  readonly to: string;
}

/** Returns the seven days of the week that begins on a Monday. */
export function weekFrom(zone: string, monday: string): Day[] {
  const begins = (day: string): string => instantIn(zone, `${day}T00:00`) ?? "";
  return Array.from({ length: 7 }, (_, index) => dayAfter(monday, index)).map((day) => ({ day, from: begins(day), to: begins(dayAfter(day, 1)) }));
}

/** Returns the local time of an instant in a zone, such as `2026-12-01T10:00`. */
export function localIn(zone: string, instant: string): string {
  const time = Date.parse(instant);
  return new Date(time + offset(zone, time)).toISOString().slice(0, 16);
}
