/** What happens to calls, while a screen that shows calls is open. */
import { useEffect, useMemo, useRef, useState } from "react";
import { graphql, useLazyLoadQuery, useSubscription } from "react-relay";
import type { callsBeginQuery } from "./__generated__/callsBeginQuery.graphql.ts";
import type { callsUpdatesSubscription } from "./__generated__/callsUpdatesSubscription.graphql.ts";
import { useLive } from "./query.ts";

const UPDATES = graphql`
  subscription callsUpdatesSubscription($after: Cursor) {
    callUpdates(after: $after) {
      __typename
      ... on CallEvent {
        cursor
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
      ... on FeedGap {
        cursor
      }
    }
  }
`;

const BEGIN = graphql`
  query callsBeginQuery {
    viewer {
      id
      callCursor
    }
  }
`;

/**
 * Calls `reread` after each event of a call: since the last one, if calls were followed before, or else since the frame
 * was read, which was before the screen.
 */
export function useCallUpdates(reread: () => void): void {
  const live = useLive();
  const { viewer } = useLazyLoadQuery<callsBeginQuery>(BEGIN, {}, { fetchPolicy: "store-only" });
  const [after] = useState(live.callsAfter ?? viewer?.callCursor ?? null);
  const latest = useRef(reread);
  useEffect(() => {
    latest.current = reread;
  });
  useSubscription<callsUpdatesSubscription>(
    useMemo(
      () => ({
        subscription: UPDATES,
        variables: { after },
        onNext: (response) => {
          const update = response?.callUpdates;
          if (update?.__typename === "CallEvent" || update?.__typename === "FeedGap") live.callsAfter = update.cursor;
          latest.current();
        },
      }),
      [after, live],
    ),
  );
}
