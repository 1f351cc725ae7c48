/** urql 5 with Graphcache over a session and a socket of `leadgate-client`. */
import { Client, fetchExchange, subscriptionExchange } from "@urql/core";
import { cacheExchange } from "@urql/exchange-graphcache";
import { Session, Socket, type SocketOptions } from "leadgate-client";

export const session = new Session({ url: "/graphql", transport: "COOKIE" });

/** Creates the client of one user; `close` ends its subscriptions. */
export function connect(options: Pick<SocketOptions, "onStatus" | "onGap">) {
  const socket = new Socket({ session, ...options });
  const client = new Client({
    url: session.url,
    fetch: session.fetch,
    preferGetMethod: false,
    exchanges: [
      cacheExchange({ keys: { Viewer: () => null, Decision: () => null, Contact: () => null, ComplaintCounts: () => null } }),
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: ({ query, variables }) => ({
          subscribe: (sink) => ({
            unsubscribe: socket.subscribe({ query: query ?? "", variables: variables as Record<string, unknown> }, {
              next: (result) => sink.next(result as Parameters<typeof sink.next>[0]),
              error: (problem) => sink.error(problem),
              complete: () => sink.complete(),
            }),
          }),
        }),
      }),
    ],
  });
  return { client, close: () => socket.close() };
}
