/** The frame of a signed-in user: their routes, and what they are told from all screens. */
import { RouterProvider } from "@tanstack/react-router";
import { createContext, useContext, useEffect, useMemo, useRef } from "react";
import { graphql } from "react-relay";
import { useLive, useLiveEvents, useQuery, useTurn } from "../data/query.ts";
import { screensOf, feedsOf } from "../screens/index.ts";
import { isLanguage, type Preferences } from "../words/language.ts";
import type { SignedInFrameQuery } from "./__generated__/SignedInFrameQuery.graphql.ts";
import { createConsoleRouter } from "./routes.tsx";

const FRAME = graphql`
  query SignedInFrameQuery {
    service {
      now
    }
    viewer {
      id
      roles
      callCursor # read by useCallUpdates
      user {
        id
        name
        email
        locale
        timeZone
      }
      account {
        id
        name
        points
        pointsOnHold
      }
    }
    notifications(first: 1, unread: true) {
      totalCount
    }
  }
`;

export type Person = NonNullable<SignedInFrameQuery["response"]["viewer"]>;

/** What the frame knows of the user. */
export interface Frame {
  readonly viewer: Person;
  /** The role whose screens are shown. */
  readonly role: string;
  readonly unread: number;
  /** Reads it again, such as after notices were read. */
  readonly reread: () => void;
}

const FrameContext = createContext<Frame | null>(null);

export function useFrame(): Frame {
  const frame = useContext(FrameContext);
  if (!frame) throw new Error("Nobody is signed in.");
  return frame;
}

const PAUSE_MS = 1_000; // so that many events at once are one reading

export function SignedIn({ onPreferences }: { onPreferences: (found: Preferences) => void }) {
  const live = useLive();
  const [turn, reread] = useTurn();
  const { viewer, notifications } = useQuery<SignedInFrameQuery>(FRAME, {}, turn);
  if (!viewer) throw new Error("Nobody is signed in.");
  const role = viewer.roles[0] ?? "";
  const { locale, timeZone } = viewer.user;
  useEffect(() => {
    onPreferences({ language: isLanguage(locale) ? locale : "en", timeZone });
  }, [locale, timeZone, onPreferences]);
  useEffect(() => live.start(feedsOf(role)), [live, role]);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  useLiveEvents(({ feed }) => {
    if (feed !== "notifications") return;
    clearTimeout(timer.current);
    timer.current = setTimeout(reread, PAUSE_MS);
  });
  const router = useMemo(() => createConsoleRouter(screensOf(role)), [role]);
  const unread = notifications?.totalCount ?? 0;
  const frame = useMemo(() => ({ viewer, role, unread, reread }), [viewer, role, unread, reread]);
  return (
    <FrameContext value={frame}>
      <RouterProvider router={router} />
    </FrameContext>
  );
}
