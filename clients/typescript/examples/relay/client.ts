/** Relay 21 over a session and a socket of `leadgate-client`. */
import { Session, Socket, type SocketOptions } from "leadgate-client";
import { Environment, Network, Observable, RecordSource, Store, type GraphQLResponse } from "relay-runtime";

export const session = new Session({ url: "/graphql", transport: "COOKIE" });

/** Creates the environment of one user; `close` ends its subscriptions. */
export function connect(options: Pick<SocketOptions, "onStatus" | "onGap">) {
  const socket = new Socket({ session, ...options });
  const network = Network.create(
    async ({ text, name }, variables) => {
      const operation = { query: text, operationName: name, variables };
      return (await session.request(operation)) as GraphQLResponse;
    },
    ({ text }, variables) =>
      Observable.create<GraphQLResponse>((sink) =>
        socket.subscribe({ query: text ?? "", variables }, {
          next: (result) => sink.next(result as GraphQLResponse),
          error: (problem) => sink.error(problem instanceof Error ? problem : new Error(JSON.stringify(problem))),
          complete: () => sink.complete(),
        }),
      ),
  );
  const environment = new Environment({ network, store: new Store(new RecordSource()) });
  return { environment, close: () => socket.close() };
}
