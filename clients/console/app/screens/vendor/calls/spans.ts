/** Spans of time, and what is within a day. */

export interface Span {
  readonly from: string;
  readonly to: string;
}

/** The length of a span, in seconds. */
export const lengthOf = ({ from, to }: Span): number => (Date.parse(to) - Date.parse(from)) / 1_000;

export const secondsOf = (all: readonly Span[]): number => all.reduce((sum, span) => sum + lengthOf(span), 0);

/** The parts of these spans that are within a day. */
export function within(day: Span, all: readonly Span[]): Span[] {
  const [begin, end] = [Date.parse(day.from), Date.parse(day.to)];
  return all
    .filter(({ from, to }) => Date.parse(from) < end && Date.parse(to) > begin)
    .map(({ from, to }) => ({ from: Date.parse(from) > begin ? from : day.from, to: Date.parse(to) < end ? to : day.to }));
}

/** A share in whole per cent in which neither a gap nor a covered minute is rounded away. */
export const shareOf = (part: number, whole: number): number =>
  part >= whole ? 1 : part <= 0 ? 0 : Math.min(0.99, Math.max(0.01, Math.round((part / whole) * 100) / 100));
