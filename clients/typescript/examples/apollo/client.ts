/** Apollo Client 4 over a session and a socket of `leadgate-client`. */
import { ApolloClient, ApolloLink, InMemoryCache, Observable } from "@apollo/client";
import { Session, Socket, type Result, type SocketStatus } from "leadgate-client";
import { OperationTypeNode, print } from "graphql";

export const session = new Session({ url: "/graphql", transport: "COOKIE" });

/** Creates the client of one user; `close` ends its subscriptions. */
export function connect(onStatus: (status: SocketStatus) => void) {
  const socket = new Socket({
    session,
    onStatus,
    onGap: () => void client.refetchQueries({ include: "active" }),
  });
  const requests = new ApolloLink(
    ({ query, variables, operationName }) =>
      new Observable((observer) => {
        const abort = new AbortController();
        session
          .request({ query: print(query), variables, operationName }, abort.signal)
          .then((result) => (observer.next(result as ApolloLink.Result), observer.complete()))
          .catch((error: unknown) => observer.error(error));
        return () => abort.abort();
      }),
  );
  const events = new ApolloLink(
    ({ query, variables }) =>
      new Observable((observer) =>
        socket.subscribe({ query: print(query), variables }, {
          next: (result: Result<unknown>) => observer.next(result as ApolloLink.Result),
          error: (problem) => observer.error(problem),
          complete: () => observer.complete(),
        }),
      ),
  );
  const client = new ApolloClient({
    link: ApolloLink.split(({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION, events, requests),
    cache: new InMemoryCache(),
  });
  const close = () => {
    socket.close();
    client.stop();
  };
  return { client, close };
}
