/** Relay's network: trusted documents by id over HTTP, with repetition where it is safe, and over the socket. */
import { SessionEndedError, type Socket } from "leadgate-client";
import {
  Environment,
  getRequestIdentifier,
  Network,
  Observable,
  RecordSource,
  Store,
  type CacheConfig,
  type FetchFunction,
  type GraphQLResponse,
  type RequestParameters,
  type Variables,
} from "relay-runtime";
import { clock } from "./clock.ts";
import { News } from "./news.ts";
import { session, waitAsked } from "./session.ts";
import { Watched } from "./store.ts";

/** The server did not execute a request; `code` is that of its first error. */
export class RefusedError extends Error {
  override readonly name = "RefusedError";

  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

const BUSY = new Set(["UNAVAILABLE", "TIMEOUT"]);

/**
 * What the server said when it refused a whole request, such as a file that is too large; null for any other failure.
 * What it says while it is busy or at fault is meant for programs, such as that a key should be sent again.
 */
export const refusalOf = (error: unknown): string | null =>
  error instanceof RefusedError && error.code !== "INTERNAL" && !BUSY.has(error.code) ? error.message : null;

/** When a request is sent again (milliseconds of the server's clock) because the server is busy; null if none is. */
export const retryingAt = new Watched<number | null>(null);

const LIMITED = "LIMIT_EXCEEDED"; // repeated only if the server says when: a document may also be too large
const ATTEMPTS = 4;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

interface Problem {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** A mutation is repeated only if its key makes the server do it once. */
function mayRepeat({ operationKind }: RequestParameters, variables: Variables): boolean {
  if (operationKind !== "mutation") return true;
  const input: unknown = variables["input"];
  return typeof input === "object" && input !== null && "idempotencyKey" in input && input.idempotencyKey != null;
}

async function once(request: RequestParameters, variables: Variables): Promise<GraphQLResponse> {
  const sent = clock.mark();
  const result = await session.request<Record<string, unknown>>({ documentId: `sha256:${request.id}`, variables });
  const service = result.data?.["service"];
  if (typeof service === "object" && service !== null && "now" in service) {
    clock.learn(Date.parse(String(service.now)), 1, sent);
  }
  const problem = (result.errors as readonly Problem[] | undefined)?.[0];
  // With data, a field of the response is null: the screen shows what is there.
  if (problem && result.data == null) {
    throw new RefusedError(String(problem.extensions?.["code"] ?? "INTERNAL"), problem.message);
  }
  return { ...result, data: result.data ?? {} } as GraphQLResponse;
}

function isTransient(error: unknown): boolean {
  const code = typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
  return BUSY.has(code) || (code === LIMITED && waitAsked() > 0);
}

async function send(request: RequestParameters, variables: Variables): Promise<GraphQLResponse> {
  for (let attempt = 1; ; attempt++) {
    try {
      const response = await once(request, variables);
      if (attempt > 1) retryingAt.set(null);
      return response;
    } catch (error) {
      const isBusy = error instanceof TypeError || isTransient(error);
      if (error instanceof SessionEndedError || !isBusy || attempt === ATTEMPTS || !mayRepeat(request, variables)) {
        retryingAt.set(null);
        throw error;
      }
      const least = waitAsked() || FIRST_WAIT_MS * 2 ** (attempt - 1);
      const wait = Math.min(least, LONGEST_WAIT_MS) * (1 + Math.random() / 4);
      retryingAt.set(clock.now() + wait);
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
}

/** Marks a read of what a screen shows, which must not be older than the last news. */
export const SHOWN: CacheConfig = { force: true, metadata: { shown: true } };

/** Reads what screens show again if there were news meanwhile, and everything else once. */
const fetching =
  (news: News): FetchFunction =>
  (request, variables, { metadata }) => {
    if (metadata?.["shown"] !== true) return send(request, variables);
    return Observable.create<GraphQLResponse>((sink) => {
      const take = (answer: GraphQLResponse): boolean => {
        sink.next(answer);
        return !sink.closed;
      };
      news
        .read(getRequestIdentifier(request, variables), () => send(request, variables), take)
        .then(sink.complete, (error: unknown) => sink.error(error instanceof Error ? error : new Error(String(error))));
    });
  };

/** Creates the environment of one user, or of nobody without a socket; its store is in memory only. */
export function createEnvironment(socket: Socket | null, news = new News()): Environment {
  const network = Network.create(fetching(news), ({ id }, variables) =>
    Observable.create<GraphQLResponse>((sink) =>
      socket?.subscribe(
        { documentId: `sha256:${id}`, variables },
        {
          next: (result) => sink.next(result as GraphQLResponse),
          error: (problem) => sink.error(problem instanceof Error ? problem : new Error(JSON.stringify(problem))),
          complete: () => sink.complete(),
        },
      ),
    ),
  );
  return new Environment({ network, store: new Store(new RecordSource()) });
}
