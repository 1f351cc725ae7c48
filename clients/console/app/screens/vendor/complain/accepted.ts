/** For which contacts a reason can be accepted at all, as the API documents it; the rules decide when it is filed. */
import type { Reason } from "../../../parts/complaints.ts";

const BOUGHT: ReadonlySet<Reason> = new Set<Reason>(["NO_CONSENT", "REQUIREMENTS_NOT_MET"]);
const NEVER: ReadonlySet<Reason> = new Set<Reason>(["VOICEMAIL", "NO_ANSWER", "NOT_INTERESTED"]);

/** Why a reason is not accepted for a contact that was received in this way; null if it can be. */
export function hopelessOf(reason: Reason, kind: string): "never" | "bought" | null {
  return NEVER.has(reason) ? "never" : BOUGHT.has(reason) && kind !== "LEAD_CLUB" ? "bought" : null;
}
