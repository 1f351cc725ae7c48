/** A session: signs in, stores the access token in memory, renews it in time, and reports why it has ended. */
import { ID_OF } from "./document-ids.js";
import { SIGN_IN, SIGN_OUT, TOKEN_REFRESH } from "./documents.js";
import {
  RequestError,
  SessionEndedError,
  SignInError,
  isTemporary,
  type SessionEnd,
  type UserError,
} from "./errors.js";
import { CLOCK, Lifetime, type Clock } from "./lifetime.js";
import { requestBody, type Operation } from "./multipart.js";
import { RenewalKey, type KeyStorage } from "./renewal-key.js";
import { isRefused, resultOf, type GraphQLProblem, type Result } from "./response.js";
import { Tabs, type Message, type SharedToken } from "./tabs.js";

/**
 * Where the refresh token is stored. `COOKIE`: in a cookie that scripts cannot read and all tabs share, for pages on
 * the API's own origin. `TOKENS`: in this object, for programs and for pages on other origins.
 */
export type Transport = "COOKIE" | "TOKENS";

export interface SessionOptions {
  /** The GraphQL endpoint; may be relative in a browser. */
  readonly url: string;
  readonly transport?: Transport;
  /** Sends the ids of the session's documents instead of their texts: the server must trust `documents/`. */
  readonly byId?: boolean;
  readonly fetch?: typeof fetch;
  /** Where the key of a renewal survives a reload until the response arrives; `sessionStorage` if there is one. */
  readonly keyStorage?: KeyStorage | null;
  readonly clock?: Clock;
  /** Waits before a renewal without a response is repeated; `attempt` starts at 1. */
  readonly wait?: (attempt: number) => Promise<void>;
}

/** `unknown` until `resume` or `signIn` has completed. */
export type SessionState =
  | { readonly status: "unknown" }
  | {
      readonly status: "signed-in";
      readonly userId: string;
      /** The feed's position when the session began here; lists that are queried later include everything before it. */
      readonly feedCursor: string;
    }
  | { readonly status: "signed-out"; readonly end: SessionEnd | null };

interface Payload {
  readonly accessToken: string | null;
  readonly refreshToken: string | null;
  readonly expiresIn: number | null;
  readonly viewer: { readonly feedCursor: string; readonly user: { readonly id: string } } | null;
  readonly userErrors: readonly UserError[];
}

const ATTEMPTS = 3; // of a renewal whose response is lost; the server accepts its key for a minute
const ANSWER_MS = 10_000;
const HEARSAY_MS = 250; // how long to wait for a token from another tab
const NO_COOKIE = "REFRESH_TOKEN_MISSING"; // on the first visit
const SIGNED_OUT: SessionEnd = { code: "SIGNED_OUT", message: "You signed out." };
// A page on another site cannot send it, so uploads and the cookie require it.
const PREFLIGHT = { "GraphQL-Preflight": "1" };

export class Session {
  readonly url: string;
  readonly #transport: Transport;
  readonly #byId: boolean;
  readonly #fetch: typeof fetch;
  readonly #clock: Clock;
  readonly #wait: (attempt: number) => Promise<void>;
  readonly #key: RenewalKey;
  readonly #tabs: Tabs | null;
  readonly #listeners = new Set<() => void>();
  #state: SessionState = { status: "unknown" };
  #token: { readonly value: string; readonly lifetime: Lifetime } | null = null;
  #refused: string | null = null;
  #refreshToken: string | null = null;
  #hasCompany = false; // whether another tab has sent a message
  #renewal: Promise<void> | null = null;
  #turns: Promise<void> = Promise.resolve();

  constructor(options: SessionOptions) {
    this.url = options.url;
    this.#transport = options.transport ?? "TOKENS";
    this.#byId = options.byId ?? false;
    this.#fetch = options.fetch ?? ((input, init) => fetch(input, init));
    this.#clock = options.clock ?? CLOCK;
    this.#wait = options.wait ?? pause;
    const shared = this.#transport === "COOKIE";
    const storage = options.keyStorage === undefined ? ownStorage() : options.keyStorage;
    this.#key = new RenewalKey(shared ? storage : null);
    this.#tabs = shared ? new Tabs(`leadgate:${this.url}`, (message) => this.#hear(message)) : null;
    this.#tabs?.tell({ kind: "ask" });
    if (!shared) this.#state = { status: "signed-out", end: null };
  }

  get state(): SessionState {
    return this.#state;
  }

  /** Calls `listener` after each change of `state`; returns a function that stops this. For `useSyncExternalStore`. */
  readonly follow = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  /** Continues the session of the cookie, if there is one. Call it when the page loads. */
  async resume(): Promise<SessionState> {
    await this.accessToken();
    return this.#state;
  }

  /** Throws `SignInError` if the server refuses. */
  async signIn(email: string, password: string): Promise<SessionState> {
    const input = { email, password, transport: this.#transport };
    await this.#turn(async () => {
      const payload = await this.#send(SIGN_IN, "signIn", input);
      const [refusal] = payload.userErrors;
      if (refusal) throw new SignInError(refusal);
      this.#accept(payload);
    });
    return this.#state;
  }

  /** Ends the session, in all tabs. Raises `RequestError` if the server does not answer: then it is not over. */
  async signOut(): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      const token = await this.accessToken(); // before the turn: a renewal takes a turn as well
      let isOver = true;
      // In a turn, so that a sign-in in another tab cannot come between the response and the end of all tabs.
      await this.#turn(async () => {
        const init = post(this.#operation(SIGN_OUT), AbortSignal.timeout(ANSWER_MS));
        const response = await this.#fetch(this.url, authorized(this.url, init, token));
        const refused = token !== null && (await isRefused(response));
        if (refused) this.refuse(token);
        if (refused && attempt === 1) {
          await response.body?.cancel();
          isOver = false;
          return;
        }
        const [problem] = (await resultOf(response)).errors ?? [];
        if (problem && problem.extensions?.["code"] !== "UNAUTHENTICATED") throw problemOf(problem);
        this.#endEverywhere(SIGNED_OUT);
      });
      if (isOver) return;
    }
  }

  /**
   * Returns the access token, and renews it first if it is about to expire; null if nobody is signed in. Throws
   * `RequestError` if a renewal gets no response; the session continues, and the next call tries again.
   */
  async accessToken(): Promise<string | null> {
    if (this.#state.status === "signed-out") return null;
    if (!this.#token || this.#token.lifetime.isDue) {
      this.#renewal ??= this.#renew().finally(() => (this.#renewal = null));
      await this.#renewal;
    }
    return this.#token?.value ?? null;
  }

  /** Reports that the server refused this token: the next call of `accessToken` renews it. */
  refuse(token: string): void {
    if (this.#token?.value !== token) return;
    this.#token = null;
    this.#refused = token;
  }

  /**
   * A `fetch` for GraphQL clients: adds the access token, and repeats a request once with a new token if the server
   * refused the old one before it executed anything.
   */
  readonly fetch: typeof fetch = async (input, init) => {
    const token = await this.accessToken();
    const first = input instanceof Request ? input.clone() : input;
    const response = await this.#fetch(first, authorized(input, init, token));
    if (token === null || init?.body instanceof ReadableStream || !(await isRefused(response))) return response;
    this.refuse(token);
    const next = await this.accessToken();
    if (next === null) return response;
    await response.body?.cancel(); // one that nobody reads keeps its connection
    return this.#fetch(input, authorized(input, init, next));
  };

  /** Sends one operation, with files as `File` or `Blob` in its variables; returns the whole result. */
  async request<Data>(operation: Operation, signal?: AbortSignal): Promise<Result<Data>> {
    return resultOf<Data>(await this.fetch(this.url, post(operation, signal)));
  }

  /** Stops listening to other tabs. */
  close(): void {
    this.#tabs?.close();
    this.#listeners.clear();
  }

  /** Runs one task at a time, on this page and in all tabs, so that a renewal cannot overtake a sign-in. */
  async #turn(work: () => Promise<void>): Promise<void> {
    const turn = () => (this.#tabs ? this.#tabs.turn(work) : work());
    this.#turns = this.#turns.then(turn, turn);
    await this.#turns;
  }

  async #renew(): Promise<void> {
    await this.#turn(async () => {
      if (this.#hasCompany && this.#state.status === "signed-in" && (await this.#heardToken())) return;
      if (this.#state.status === "signed-out") return;
      const payload = await this.#exchange();
      this.#key.forget();
      const [refusal] = payload.userErrors;
      if (!refusal) this.#accept(payload);
      else if (!refusal.sessionReason) throw new RequestError(refusal.code, refusal.message);
      else if (refusal.sessionReason === NO_COOKIE && this.#state.status === "unknown") this.#end(null);
      else this.#endEverywhere({ code: refusal.sessionReason, message: refusal.message });
    });
  }

  async #exchange(): Promise<Payload> {
    const key = this.#key.current();
    this.#tabs?.tell({ kind: "renewing", key });
    const input = { idempotencyKey: key, ...(this.#refreshToken && { refreshToken: this.#refreshToken }) };
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#send(TOKEN_REFRESH, "tokenRefresh", input);
      } catch (error) {
        if (attempt === ATTEMPTS || !isTemporary(error)) throw error;
        await this.#wait(attempt);
      }
    }
  }

  /** Whether another tab has a valid token: it may just have renewed, and its message may still be on the way. */
  async #heardToken(): Promise<boolean> {
    const heard = () => this.#token !== null && !this.#token.lifetime.isDue;
    this.#tabs?.tell({ kind: "ask" });
    for (let waited = 0; waited < HEARSAY_MS && !heard(); waited += 10) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return heard();
  }

  async #send(query: string, field: string, input: Record<string, unknown>): Promise<Payload> {
    const operation = { ...this.#operation(query), variables: { input } };
    const init = authorized(this.url, post(operation, AbortSignal.timeout(ANSWER_MS)), null);
    let result: Result<Record<string, Payload>>;
    try {
      result = await resultOf(await this.#fetch(this.url, init));
    } catch (error) {
      if (error instanceof RequestError) throw error;
      throw new RequestError("UNAVAILABLE", "The server did not respond.", { cause: error });
    }
    const [problem] = result.errors ?? [];
    if (problem) throw problemOf(problem);
    const data = result.data?.[field];
    if (data === undefined) throw new RequestError("INTERNAL", "The response has no data.");
    return data;
  }

  #operation(text: string): Operation {
    const id = this.#byId ? ID_OF.get(text) : undefined;
    return id === undefined ? { query: text } : { documentId: id };
  }

  #accept({ accessToken, refreshToken, expiresIn, viewer }: Payload): void {
    if (accessToken === null || expiresIn === null || viewer === null) {
      throw new RequestError("INTERNAL", "The response has no access token.");
    }
    this.#refreshToken = refreshToken;
    const { feedCursor, user } = viewer;
    this.#hold({ accessToken, secondsLeft: expiresIn, userId: user.id, feedCursor });
    this.#share();
  }

  #hold({ accessToken, secondsLeft, userId, feedCursor }: SharedToken): void {
    this.#token = { value: accessToken, lifetime: new Lifetime(secondsLeft, this.#clock) };
    if (this.#state.status === "signed-in" && this.#state.userId === userId) return;
    this.#change({ status: "signed-in", userId, feedCursor });
  }

  #share(): void {
    const state = this.#state;
    if (!this.#token || this.#token.lifetime.isDue || state.status !== "signed-in") return;
    const { userId, feedCursor } = state;
    const secondsLeft = this.#token.lifetime.secondsLeft;
    this.#tabs?.tell({ kind: "token", token: { accessToken: this.#token.value, secondsLeft, userId, feedCursor } });
  }

  #end(end: SessionEnd | null): void {
    this.#token = null;
    this.#refreshToken = null;
    this.#key.forget();
    this.#change({ status: "signed-out", end });
  }

  #endEverywhere(end: SessionEnd): void {
    this.#end(end);
    this.#tabs?.tell({ kind: "ended", end });
  }

  #change(state: SessionState): void {
    this.#state = state;
    for (const listener of [...this.#listeners]) listener();
  }

  #hear(message: Message): void {
    this.#hasCompany = true;
    if (message.kind === "ask") this.#share();
    else if (message.kind === "renewing") this.#key.set(message.key);
    else if (message.kind === "ended") this.#end(message.end);
    else if (message.token.accessToken !== this.#refused) {
      this.#key.forget();
      this.#hold(message.token);
    }
  }
}

/** Returns the access token. Throws `SessionEndedError` if nobody is signed in. */
export async function requiredToken(session: Session): Promise<string> {
  const token = await session.accessToken();
  if (token !== null) return token;
  throw new SessionEndedError(session.state.status === "signed-out" ? session.state.end : null);
}

function problemOf({ message, extensions }: GraphQLProblem): RequestError {
  return new RequestError(String(extensions?.["code"] ?? "INTERNAL"), message);
}

function post(operation: Operation, signal: AbortSignal | undefined): RequestInit {
  const body = requestBody(operation);
  const headers = {
    Accept: "application/graphql-response+json, application/json",
    ...(typeof body === "string" && { "Content-Type": "application/json" }),
  };
  return { method: "POST", headers, body, ...(signal && { signal }) };
}

function authorized(input: Parameters<typeof fetch>[0], init: RequestInit | undefined, token: string | null): RequestInit {
  const headers = new Headers(init?.headers ?? (input instanceof Request ? input.headers : undefined));
  for (const [name, value] of Object.entries(PREFLIGHT)) headers.set(name, value);
  if (token !== null) headers.set("Authorization", `Bearer ${token}`);
  return { ...init, headers };
}

function ownStorage(): KeyStorage | null {
  try {
    return globalThis.sessionStorage ?? null;
  } catch {
    return null; // disabled in the browser's settings
  }
}

async function pause(attempt: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 400 * 2 ** attempt * (0.5 + Math.random() / 2)));
}
