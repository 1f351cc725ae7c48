// GraphiQL's fetcher: HTTP for queries and mutations, graphql-transport-ws for subscriptions.
// An Authorization in the headers editor takes precedence.
"use strict";

const leadgateFetcher = (() => {
  const FORBIDDEN = 4403;

  /** The Authorization of the headers editor, else the session's. */
  function current(headers) {
    const name = Object.keys(headers).find((one) => one.toLowerCase() === "authorization");
    if (name !== undefined) return headers[name];
    const token = leadgateSession.token();
    return token === null ? undefined : `Bearer ${token}`;
  }

  async function authorized(headers) {
    await leadgateSession.ready();
    const authorization = current(headers);
    return authorization === undefined ? headers : { ...headers, Authorization: authorization };
  }

  async function overHttp(params, headers) {
    const response = await fetch(location.pathname, {
      method: "POST",
      headers: {
        Accept: "application/graphql-response+json, application/json",
        "Content-Type": "application/json",
        ...(await authorized(headers)),
      },
      body: JSON.stringify(params),
    });
    const text = await response.text();
    try {
      return JSON.parse(text);
    } catch {
      throw new Error(`The server returned ${response.status} without JSON: ${text.slice(0, 200)}`);
    }
  }

  function overSocket(params, headers) {
    let sent; // the Authorization of the open socket
    const client = graphqlWs.createClient({
      url: `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${location.pathname}`,
      connectionParams: async () => {
        const given = await authorized(headers);
        sent = given.Authorization;
        return given;
      },
      retryAttempts: 10,
      // 4403 means that the token has expired: retry only with another token.
      shouldRetry: (problem) =>
        problem?.code !== undefined && (problem.code !== FORBIDDEN || sent !== current(headers)),
    });
    const request = { ...params, variables: { ...params.variables } };
    return {
      subscribe(sink) {
        const end = client.subscribe(request, {
          next: (result) => {
            // A new socket continues after the last event, so that nothing is missed.
            const cursor = Object.values(result.data ?? {})[0]?.cursor;
            if (cursor && "after" in request.variables) request.variables.after = cursor;
            sink.next(result);
          },
          error: (problem) => sink.error(readable(problem, sent)),
          complete: () => sink.complete(),
        });
        return {
          unsubscribe() {
            end();
            client.dispose();
          },
        };
      },
    };
  }

  function readable(problem, sent) {
    if (problem instanceof Event && problem.code === undefined) {
      return shown("The socket could not be opened.");
    }
    if (problem?.code === undefined) return problem;
    const hint = problem.code === FORBIDDEN && !sent ? " Sign in first." : "";
    return shown(`The server closed the socket (${problem.code} ${problem.reason}).${hint}`);
  }

  function shown(message) {
    const error = new Error(message);
    delete error.stack; // GraphiQL would display it
    return error;
  }

  function isSubscription(params, document) {
    const operations = (document?.definitions ?? []).filter((one) => one.kind === "OperationDefinition");
    const named = operations.find((one) => one.name?.value === params.operationName);
    return (named ?? operations[0])?.operation === "subscription";
  }

  return (params, { headers = {}, documentAST } = {}) =>
    isSubscription(params, documentAST) ? overSocket(params, headers) : overHttp(params, headers);
})();
