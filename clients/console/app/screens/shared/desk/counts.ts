/** Where the rows of each number of the desk are listed: the screen, with the filters that leave exactly these rows. */
import type { IconName } from "../../../parts/Icon.tsx";
import type { Tone } from "../../../parts/Tag.tsx";
import type { DeskCountKind } from "./__generated__/DeskQuery.graphql.ts";

export interface Count {
  readonly href: string;
  readonly icon: IconName;
  /** Its colour while something waits. */
  readonly tone: Tone;
}

export const COUNTS = {
  UNREAD: { href: "/notices?unread=yes", icon: "bell", tone: "accent" },
  APPLICATIONS_WAITING: { href: "/applications?status=PENDING", icon: "inbox", tone: "warn" },
  ANSWERS_WAITING: { href: "/applications?status=PENDING", icon: "clock", tone: "accent" },
  CHATS_UNREAD: { href: "/applications?unread=yes", icon: "mail", tone: "accent" },
  COMPLAINTS_OPEN: { href: "/complaints?status=OPEN", icon: "scale", tone: "accent" },
  COMPLAINTS_OVERDUE: { href: "/complaints?status=OVERDUE", icon: "alert", tone: "bad" },
  WINDOWS_ENDING: { href: "/contacts?ending=7", icon: "users", tone: "warn" },
  DISPATCHES_DEAD: { href: "/outbox?state=DEAD", icon: "mail", tone: "bad" },
  DISPATCHES_UNCERTAIN: { href: "/outbox?state=UNCERTAIN", icon: "mail", tone: "warn" },
  NOTICES_UNDELIVERED: { href: "/disclosures?notice=UNDELIVERED", icon: "shield", tone: "bad" },
  DEADLINES_OVERDUE: { href: "/health", icon: "clock", tone: "bad" },
  BOOKS_DISAGREE: { href: "/health", icon: "book", tone: "bad" },
} as const satisfies Record<DeskCountKind, Count>;
