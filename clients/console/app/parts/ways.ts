/** The order in which ways to contact a person are shown. */

/** The way that each advice is about. */
const ADVISED: Readonly<Record<string, string>> = {
  CALL: "CALL",
  VOICEMAIL: "CALL",
  CALL_LATER: "CALL",
  WRITE: "EMAIL",
  CHAT: "CHAT",
  MEET: "MEETING",
};
const RANK: Readonly<Record<string, number>> = { ALLOWED: 1, WAIT: 2 };
const LAST = 3;

interface Way {
  readonly medium: string;
  readonly right: { readonly outcome: string | null | undefined };
  readonly permission: { readonly outcome: string | null | undefined };
}

/** Returns the ways with the advised one first, then those that are allowed, those that are later, and the others. */
export function inOrder<W extends Way>(ways: readonly W[], advice: string | null | undefined): W[] {
  const best = ADVISED[advice ?? ""];
  const rank = ({ medium, right, permission }: Way): number => {
    const found = right.outcome === "MISSING" ? LAST : (RANK[permission.outcome ?? ""] ?? LAST);
    return medium === best && found < LAST ? 0 : found;
  };
  return [...ways].sort((one, other) => rank(one) - rank(other));
}
