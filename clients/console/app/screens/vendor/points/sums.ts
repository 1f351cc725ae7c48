/** What the entries of a ledger come to, by their kind. */

interface Entry<Kind extends string> {
  readonly kind: Kind;
  /** The change in available points. */
  readonly amount: number;
}

/** The change in available points, so that the sums of a whole ledger add up to the balance; kinds that change none are left out. */
export function sumsOf<Kind extends string>(entries: readonly Entry<Kind>[]): Map<Kind, number> {
  const sums = new Map<Kind, number>();
  for (const { kind, amount } of entries) if (amount !== 0) sums.set(kind, (sums.get(kind) ?? 0) + amount);
  return sums;
}
