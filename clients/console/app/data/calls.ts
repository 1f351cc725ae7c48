/** What happens to calls, while a screen that shows calls is open. */
import { useEffect, useMemo, useRef } from "react";
import { graphql, useSubscription } from "react-relay";
import type { callsUpdatesSubscription } from "./__generated__/callsUpdatesSubscription.graphql.ts";
import { useLive } from "./query.ts";
import { useWatched } from "./store.ts";

const UPDATES = graphql`
  subscription callsUpdatesSubscription {
    callUpdates {
      __typename
      ... on CallEvent {
        change
        mine
        call {
          id
          version
          state
          outcome
          answeredAt
          hungUpAt
          endedAt
          closesAt
        }
      }
    }
  }
`;

/** Calls `reread` after each event of a call, and when the connection is back. */
export function useCallUpdates(reread: () => void): void {
  const { live } = useWatched(useLive().status);
  const latest = useRef(reread);
  useEffect(() => {
    latest.current = reread;
  });
  const wasLive = useRef(live);
  useEffect(() => {
    if (live && !wasLive.current) latest.current();
    wasLive.current = live;
  }, [live]);
  useSubscription<callsUpdatesSubscription>(
    useMemo(() => ({ subscription: UPDATES, variables: {}, onNext: () => latest.current() }), []),
  );
}
