/**
 * Subscriptions over one WebSocket that resume after the connection is cut: no event is lost or delivered twice.
 *
 * This requires that the document declares `$after` and selects the `cursor` of its events.
 */
import { createClient, type Client } from "graphql-ws";
import { SessionEndedError } from "./errors.js";
import type { GraphQLProblem, Result } from "./response.js";
import { requiredToken, type Session } from "./session.js";

/** Events that can no longer be replayed: read the lists again. */
export interface Gap {
  /** The field of the subscription, such as `reveals`. */
  readonly field: string;
  /** The position at which the feed continues. */
  readonly cursor: string;
}

/** Whether events arrive as they occur; if not, since when (milliseconds since 1970). */
export type SocketStatus = { readonly live: true } | { readonly live: false; readonly since: number };

export interface SocketOptions {
  readonly session: Session;
  /** A `ws:` or `wss:` URL; the session's endpoint if omitted. */
  readonly url?: string;
  readonly onGap?: (gap: Gap) => void;
  readonly onStatus?: (status: SocketStatus) => void;
  /** For Node before version 22: `WebSocket` from the package `ws`. */
  readonly webSocketImpl?: unknown;
  /** Waits before the next connection; `failures` starts at 0. */
  readonly wait?: (failures: number) => Promise<void>;
}

/** A subscription to start: its text, or the id of a document that the server trusts. */
export interface Subscription {
  readonly query?: string | undefined;
  readonly documentId?: string | undefined;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
}

/** Receives the results of a subscription. Nothing is called after `error` or `complete`. */
export interface Sink<Data> {
  next(result: Result<Data>): void;
  error(problem: unknown): void;
  complete(): void;
}

type Request = Subscription & { readonly variables: Record<string, unknown> };

const TAKES_CURSOR = /\$after\b/;
const PING_MS = 12_000; // without a message before a ping is sent
const PONG_MS = 5_000; // without a pong before the connection counts as cut
const STEADY_MS = 10_000; // a connection that lasted this long resets the back-off
const FORBIDDEN = 4403; // the token has expired or was revoked
const HOPELESS = new Set([4004, 4400, 4401, 4406, 4409]); // the client violates the protocol
const RESUMABLE = new Set(["UNAUTHENTICATED", "UNAVAILABLE", "TIMEOUT"]);

export class Socket {
  readonly #session: Session;
  readonly #client: Client;
  readonly #onGap: ((gap: Gap) => void) | undefined;
  readonly #wait: (failures: number) => Promise<void>;
  readonly #running = new Set<AbortController>();
  readonly #positions = new Map<string, unknown>(); // the last cursor, by document and its other variables
  readonly #unfollow: () => void;
  #sent: string | null = null; // the token of the open connection
  #user: string | null = null;
  #active = 0;

  constructor(options: SocketOptions) {
    const { session, onStatus } = options;
    this.#session = session;
    this.#onGap = options.onGap;
    this.#wait = options.wait ?? pause;
    this.#user = userOf(session);
    let pong: ReturnType<typeof setTimeout> | undefined;
    let live: boolean | null = null;
    const report = (next: boolean): void => {
      if (live === next || (!next && this.#active === 0)) return;
      live = next;
      onStatus?.(next ? { live: true } : { live: false, since: Date.now() });
    };
    const cut = (): void => {
      clearTimeout(pong);
      report(false);
    };
    this.#client = createClient({
      url: options.url ?? (() => socketUrl(session.url)),
      webSocketImpl: options.webSocketImpl,
      connectionParams: async () => {
        this.#sent = await requiredToken(session);
        return { Authorization: `Bearer ${this.#sent}` };
      },
      retryAttempts: 0, // `#run` decides what is repeated, when, and from which cursor
      lazyCloseTimeout: 1_000,
      keepAlive: PING_MS,
      jsonMessageReplacer: withoutText,
      on: {
        connected: () => report(true),
        closed: cut,
        error: cut,
        ping: (received) => {
          if (!received) pong = setTimeout(() => this.#client.terminate(), PONG_MS);
        },
        pong: () => clearTimeout(pong),
      },
    });
    this.#unfollow = session.follow(() => {
      if (this.#isOver()) this.#client.terminate();
    });
  }

  /**
   * Starts a subscription; returns a function that ends it. `after` is the cursor to start from; if omitted, it starts
   * where the last subscription with this document and these variables ended, or else at the session's `feedCursor`.
   * With a `documentId`, say that it takes a cursor by the variable `after`, even if it is null.
   */
  subscribe<Data>(subscription: Subscription, sink: Sink<Data>): () => void {
    const abort = new AbortController();
    this.#running.add(abort);
    void this.#run(subscription, sink, abort.signal).finally(() => this.#running.delete(abort));
    return () => abort.abort();
  }

  /** Ends all subscriptions and the connection. */
  close(): void {
    this.#unfollow();
    for (const abort of this.#running) abort.abort();
    Promise.resolve(this.#client.dispose()).catch(() => {}); // rejects if a connection has failed
  }

  async #run<Data>(subscription: Subscription, sink: Sink<Data>, signal: AbortSignal): Promise<void> {
    const request = { ...subscription, variables: { ...subscription.variables } };
    for (let failures = 0; !signal.aborted; failures++) {
      const began = performance.now();
      try {
        await requiredToken(this.#session); // first, because the server soon closes a socket without a token
        if (takesCursor(request)) request.variables["after"] ??= this.#position(request);
        if (!signal.aborted) await this.#once(request, sink, signal);
        if (!signal.aborted) sink.complete();
        return;
      } catch (problem) {
        if (signal.aborted) return;
        if (this.#isOver() || !this.#mayResume(problem)) {
          sink.error(this.#isOver() ? this.#ended() : problem);
          return;
        }
      }
      if (performance.now() - began > STEADY_MS) failures = 0;
      await this.#wait(failures);
    }
  }

  /** Runs until the subscription is complete; throws the problem that ended it otherwise. */
  async #once<Data>(request: Request, sink: Sink<Data>, signal: AbortSignal): Promise<void> {
    this.#active++;
    let release = (): void => {};
    const abort = (): void => release();
    try {
      await new Promise<void>((resolve, reject) => {
        // graphql-ws demands a text; `withoutText` takes it out again.
        release = this.#client.subscribe<Data>({ ...request, query: request.query ?? "" }, {
          next: (result) => {
            if (signal.aborted) return;
            const gaps = this.#advance(request, result.data);
            sink.next(result as Result<Data>);
            for (const gap of gaps) this.#onGap?.(gap);
          },
          error: reject,
          complete: resolve,
        });
        signal.addEventListener("abort", abort);
      });
    } finally {
      signal.removeEventListener("abort", abort);
      release(); // otherwise graphql-ws counts it as running and never closes the socket
      this.#active--;
    }
  }

  /** Stores the cursor of an event, so that the next connection continues after it. */
  #advance(request: Request, data: unknown): Gap[] {
    const gaps: Gap[] = [];
    for (const [field, event] of Object.entries(data ?? {})) {
      if (typeof event !== "object" || event === null || typeof event.cursor !== "string") continue;
      if ("after" in request.variables) request.variables["after"] = event.cursor;
      this.#positions.set(followed(request), event.cursor);
      if (event.__typename === "FeedGap") gaps.push({ field, cursor: event.cursor });
    }
    return gaps;
  }

  #position(request: Request): unknown {
    const { state } = this.#session;
    return this.#positions.get(followed(request)) ?? (state.status === "signed-in" ? state.feedCursor : null);
  }

  #mayResume(problem: unknown): boolean {
    if (Array.isArray(problem)) {
      const codes = (problem as GraphQLProblem[]).map((error) => String(error.extensions?.["code"]));
      if (codes.includes("UNAUTHENTICATED")) this.#refuse();
      return codes.every((code) => RESUMABLE.has(code));
    }
    const code = closeCode(problem);
    if (code === FORBIDDEN) this.#refuse();
    return code === null || !HOPELESS.has(code);
  }

  #refuse(): void {
    if (this.#sent !== null) this.#session.refuse(this.#sent);
  }

  /** Whether the user of this feed has been signed out. */
  #isOver(): boolean {
    this.#user ??= userOf(this.#session);
    return this.#session.state.status === "signed-out" || (this.#user !== null && userOf(this.#session) !== this.#user);
  }

  #ended(): SessionEndedError {
    const { state } = this.#session;
    return new SessionEndedError(state.status === "signed-out" ? state.end : null);
  }
}

/** Leaves out the empty text of a request that has the id of its document. */
function withoutText(this: unknown, name: string, value: unknown): unknown {
  const byId = typeof this === "object" && this !== null && "documentId" in this;
  return name === "query" && value === "" && byId ? undefined : value;
}

/** What a request follows: one chat of several, for example. */
function followed({ query, documentId, variables: { after: _, ...others } }: Request): string {
  return JSON.stringify([query ?? documentId, others]);
}

function takesCursor({ query, variables }: Request): boolean {
  return query === undefined ? "after" in variables : TAKES_CURSOR.test(query);
}

function userOf({ state }: Session): string | null {
  return state.status === "signed-in" ? state.userId : null;
}

function closeCode(problem: unknown): number | null {
  if (typeof problem !== "object" || problem === null || !("code" in problem)) return null;
  return typeof problem.code === "number" ? problem.code : null;
}

function socketUrl(url: string): string {
  return new URL(url, globalThis.location?.href).href.replace(/^http/, "ws");
}

/** Waits up to half a second, twice as long each time, up to 30 seconds, with jitter; less if the network returns. */
async function pause(failures: number): Promise<void> {
  const longest = Math.min(30_000, 500 * 2 ** failures);
  await new Promise<void>((resolve) => {
    const timer = setTimeout(done, longest * (0.5 + Math.random() / 2));
    globalThis.addEventListener?.("online", done);
    function done(): void {
      clearTimeout(timer);
      globalThis.removeEventListener?.("online", done);
      resolve();
    }
  });
}
