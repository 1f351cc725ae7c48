/** A server of sessions and a clock, both in memory. */
import type { Clock } from "../src/lifetime.js";
import { Session, type SessionOptions } from "../src/session.js";

export class TestClock implements Clock {
  monotonicNow = 0;
  wallNow = 1_000_000;

  monotonic(): number {
    return this.monotonicNow;
  }

  wall(): number {
    return this.wallNow;
  }

  /** Advances both clocks. */
  pass(seconds: number): void {
    this.monotonicNow += seconds * 1000;
    this.wallNow += seconds * 1000;
  }
}

export interface Received {
  readonly query: string;
  readonly variables: Record<string, any>;
  readonly token: string | null;
  readonly headers: Headers;
}

export type Reply = (request: Received) => Response | Promise<Response>;

export const EXPIRES_IN = 900;

/** Issues `token-1`, `token-2`, …; only the newest is accepted. */
export class FakeServer {
  readonly received: Received[] = [];
  /** The next replies, each used once: `null` cuts the connection, `undefined` is the usual reply. */
  readonly next: (Reply | null | undefined)[] = [];
  /** Why `tokenRefresh` refuses. */
  reason: string | null = null;
  #issued = 0;

  get token(): string {
    return `token-${this.#issued}`;
  }

  readonly fetch: typeof fetch = async (_input, init) => {
    const headers = new Headers(init?.headers);
    const body = init?.body instanceof FormData ? String(init.body.get("operations")) : String(init?.body);
    const { query, variables } = JSON.parse(body);
    const token = headers.get("authorization")?.replace("Bearer ", "") ?? null;
    const request = { query, variables: variables ?? {}, token, headers };
    this.received.push(request);
    const reply = this.next.shift();
    if (reply === null) throw new TypeError("fetch failed");
    return reply ? reply(request) : this.#answer(request);
  };

  /** Makes the newest token invalid, as an expiry does. */
  expire(): void {
    this.#issued++;
  }

  #answer({ query, token }: Received): Response {
    if (query.includes("signIn")) return json({ data: { signIn: this.#issue() } });
    if (query.includes("tokenRefresh")) {
      return json({ data: { tokenRefresh: this.reason ? refused(this.reason) : this.#issue() } });
    }
    if (token !== this.token) return refusedToken();
    return json({ data: query.includes("signOut") ? { signOut: { signedOut: true } } : { done: true } });
  }

  #issue(): Record<string, unknown> {
    this.#issued++;
    return {
      accessToken: this.token,
      refreshToken: `refresh-${this.#issued}`,
      expiresIn: EXPIRES_IN,
      viewer: { feedCursor: `start-${this.#issued}`, user: { id: "user" } },
      userErrors: [],
    };
  }

  count(name: string): number {
    return this.received.filter(({ query }) => query.includes(name)).length;
  }

  session(options: Partial<SessionOptions> = {}): Session {
    return new Session({ url: "http://api.test/graphql", fetch: this.fetch, wait: async () => {}, ...options });
  }
}

export function json(body: unknown, status = 200): Response {
  return new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json" } });
}

export function refusedToken(): Response {
  return json({ errors: [{ message: "Expired.", extensions: { code: "UNAUTHENTICATED" } }] }, 400);
}

function refused(sessionReason: string): Record<string, unknown> {
  const message = `Refused: ${sessionReason}.`;
  const userErrors = [{ code: "FORBIDDEN", message, retryAfterSeconds: null, sessionReason }];
  return { accessToken: null, refreshToken: null, expiresIn: null, viewer: null, userErrors };
}
