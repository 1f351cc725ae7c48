/** Sessions and subscriptions for the Leadgate API, with any GraphQL client or without one. */
export { atChange } from "./changes.js";
export { RequestError, SessionEndedError, SignInError, type SessionEnd } from "./errors.js";
export { newKey } from "./renewal-key.js";
export { requestBody, type Operation } from "./multipart.js";
export type { GraphQLProblem, Result } from "./response.js";
export { Session, type SessionOptions, type SessionState, type Transport } from "./session.js";
export { Socket, type Gap, type Sink, type SocketOptions, type SocketStatus, type Subscription } from "./socket.js";
