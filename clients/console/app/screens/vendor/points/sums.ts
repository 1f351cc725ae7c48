/** What the entries of a ledger come to, by their kind. */

interface Entry<Kind extends string> {
  readonly kind: Kind;
  /** The change in available points. */
  readonly amount: number;
  /** The change in held points. */
  readonly holdAmount: number;
}

/** Of a fee that is held, what is held; of one that is charged, what is paid: from the held points, or at once. */
export function sumsOf<Kind extends string>(entries: readonly Entry<Kind>[]): Map<Kind, number> {
  const sums = new Map<Kind, number>();
  for (const { kind, amount, holdAmount } of entries) {
    const value = kind === "HOLD" ? holdAmount : kind === "CAPTURE" ? amount + holdAmount : amount;
    sums.set(kind, (sums.get(kind) ?? 0) + value);
  }
  return sums;
}
