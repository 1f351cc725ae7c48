/** Reading and writing from screens. */
import { createContext, startTransition, useCallback, useContext, useEffect, useRef, useState, useTransition } from "react";
import { commitMutation, useLazyLoadQuery, usePaginationFragment, useRelayEnvironment, type GraphQLTaggedNode } from "react-relay";
import type { KeyType } from "react-relay/ReactRelayTypes.js";
import {
  createOperationDescriptor,
  getFragment,
  getFragmentIdentifier,
  getPaginationMetadata,
  getRequest,
  type MutationParameters,
  type OperationType,
} from "relay-runtime";
import { useFormat } from "../words/format.ts";
import { clock } from "./clock.ts";
import type { Live, LiveEvent } from "./live.ts";
import { SHOWN } from "./network.ts";
import { said, type UserError } from "./refusals.ts";
import { useWatched } from "./store.ts";

export const LiveContext = createContext<Live | null>(null);
/** Increases with each attempt to show a screen that has failed. */
export const AttemptContext = createContext(0);

export function useLive(): Live {
  const live = useContext(LiveContext);
  if (!live) throw new Error("Nobody is signed in.");
  return live;
}

/**
 * Reads a screen's data: at first what the store has, and then what the server says. Reads again after a gap in the
 * feed, after a failure, when `turn` changes, and if the screen appears with an answer that is older than an event, which
 * none of its listeners has heard.
 */
export function useQuery<Q extends OperationType>(query: GraphQLTaggedNode, variables: Q["variables"], turn = 0): Q["response"] {
  const live = useLive();
  const readings = useWatched(live.readings);
  const attempt = useContext(AttemptContext);
  const [late, setLate] = useState(0);
  const fetchKey = `${readings}.${attempt}.${turn}.${late}`;
  const data = useLazyLoadQuery<Q>(query, variables, { fetchKey, fetchPolicy: "store-and-network", networkCacheConfig: SHOWN });
  const name = createOperationDescriptor(getRequest(query), variables).request.identifier;
  useEffect(() => {
    if (live.news.isBehind(name)) startTransition(() => setLate((count) => count + 1));
  }, [live, name]);
  return data;
}

const LARGEST_PAGE = 100; // of the API

/**
 * Reads a list that grows, by `size` rows and then by as many as there are: its data, and `paging` for a table. When
 * the screen reads again, the rows that were there stay until as many have been read.
 */
export function usePages<Q extends OperationType, K extends KeyType>(fragment: GraphQLTaggedNode, list: K, size: number) {
  const { data, hasNext, isLoadingNext, loadNext } = usePaginationFragment<Q, K>(fragment, list);
  const count = rowsOf(fragment, data);
  const name = getFragmentIdentifier(getFragment(fragment), list); // changes with the filters
  const [asked, setAsked] = useState({ name, count: 0 });
  const missing = asked.name === name && hasNext ? asked.count - count : 0;
  const [shown, setShown] = useState({ name, data });
  const isComplete = missing <= 0 || shown.name !== name;
  if (isComplete && shown.data !== data) setShown({ name, data });
  useEffect(() => {
    if (missing <= 0 || isLoadingNext) return;
    loadNext(Math.min(missing, LARGEST_PAGE), { onComplete: (error) => error && setAsked({ name, count: 0 }) });
  }, [missing, isLoadingNext, loadNext, name]);
  const onMore = (): void => setAsked({ name, count: count + Math.min(Math.max(size, count), LARGEST_PAGE) });
  const paging = { hasMore: hasNext, isLoading: isLoadingNext || missing > 0, isCatchingUp: !isComplete, onMore };
  return { data: isComplete ? data : shown.data, paging };
}

/** The number of rows in the data of a fragment with a connection. */
function rowsOf(fragment: GraphQLTaggedNode, data: unknown): number {
  const { connectionPathInFragmentData: path } = getPaginationMetadata(getFragment(fragment), "usePages");
  let found = data;
  for (const part of path) found = typeof found === "object" && found !== null ? Reflect.get(found, part) : null;
  return typeof found === "object" && found !== null && "edges" in found && Array.isArray(found.edges) ? found.edges.length : 0;
}

/** A number for `useQuery` that increases with each call of the function, without hiding what is shown meanwhile. */
export function useTurn(): [number, () => void, boolean] {
  const { news } = useLive();
  const [turn, setTurn] = useState(0);
  const [isReading, start] = useTransition();
  const next = useCallback(() => {
    news.note();
    start(() => setTurn((count) => count + 1));
  }, [news]);
  return [turn, next, isReading];
}

/** Calls `listener` after each event of the feeds. */
export function useLiveEvents(listener: (event: LiveEvent) => void): void {
  const live = useLive();
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  });
  useEffect(() => live.follow((event) => latest.current(event)), [live]);
}

const SPREAD_MS = 2_000;
const LONGEST_TIMER_MS = 60_000; // timers stop while the machine sleeps, so the clock is looked at again

/**
 * Calls `reread` shortly after the earliest of these times, by the server's clock: what changes by itself is asked of
 * the server, never of the local clock. Spread over two seconds, so that not all pages ask at the same instant.
 */
export function useRereadAt(times: readonly (string | null | undefined)[], reread: () => void): void {
  const latest = useRef(reread);
  useEffect(() => {
    latest.current = reread;
  });
  const ahead = times.flatMap((time) => (time ? [Date.parse(time)] : [])).filter((time) => time > clock.now() - SPREAD_MS);
  const next = ahead.length > 0 ? Math.min(...ahead) : null;
  useEffect(() => {
    if (next === null) return undefined;
    const due = next + 50 + Math.random() * SPREAD_MS;
    let timer: ReturnType<typeof setTimeout>;
    const look = (): void => {
      const left = due - clock.now();
      if (left <= 0) latest.current();
      else timer = setTimeout(look, Math.min(left, LONGEST_TIMER_MS));
    };
    look();
    return () => clearTimeout(timer);
  }, [next]);
}

/** Calls `reread` again and again while the page is seen: for what no event tells of. */
export function useRereadEvery(milliseconds: number, reread: () => void): void {
  const latest = useRef(reread);
  useEffect(() => {
    latest.current = reread;
  });
  useEffect(() => {
    const timer = setInterval(() => document.hidden || latest.current(), milliseconds);
    return () => clearInterval(timer);
  }, [milliseconds]);
}

/** What a mutation did: nothing is done if there are `errors`, whose messages are for people. */
export interface Outcome<R> {
  readonly response: R;
  readonly errors: readonly UserError[];
}

/**
 * Returns a function that runs a mutation, and whether it runs. It resolves with the refusals of the only payload, and
 * rejects if the server was not reached or failed.
 */
export function useMutation<M extends MutationParameters>(
  mutation: GraphQLTaggedNode,
): [(variables: M["variables"]) => Promise<Outcome<M["response"]>>, boolean] {
  const environment = useRelayEnvironment();
  const { dateTime } = useFormat();
  const [running, setRunning] = useState(0);
  const run = useCallback(
    (variables: M["variables"]) => {
      setRunning((count) => count + 1);
      return new Promise<Outcome<M["response"]>>((resolve, reject) => {
        commitMutation<M>(environment, {
          mutation,
          variables,
          onCompleted: (response, problems) => {
            const [payload] = Object.values(response as Record<string, { userErrors?: UserError[] } | null>);
            if (payload) resolve({ response, errors: (payload.userErrors ?? []).map((error) => ({ ...error, message: said(error, dateTime) })) });
            else reject(new Error(problems?.[0]?.message ?? "The server did not answer."));
          },
          onError: reject,
        });
      }).finally(() => setRunning((count) => count - 1));
    },
    [environment, mutation, dateTime],
  );
  return [run, running > 0];
}
