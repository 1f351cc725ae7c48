/** Errors of sessions and requests. */

/** An entry of `userErrors`. */
export interface UserError {
  readonly code: string;
  readonly message: string;
  readonly retryAfterSeconds: number | null;
  /** Why a sign-in or a refresh token was refused; null for other errors. */
  readonly sessionReason: string | null;
}

/** `signIn` was refused. */
export class SignInError extends Error {
  override readonly name = "SignInError";
  readonly code: string;
  /** Seconds to wait before the next attempt; null if waiting does not help. */
  readonly retryAfterSeconds: number | null;

  constructor({ code, message, retryAfterSeconds }: UserError) {
    super(message);
    this.code = code;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** Why a session is over: the server's `sessionReason`, such as `REFRESH_TOKEN_REUSED` or `SESSION_ENDED`, or `SIGNED_OUT`. */
export interface SessionEnd {
  readonly code: string;
  readonly message: string;
}

/** The session is over; sign in again. */
export class SessionEndedError extends Error {
  override readonly name = "SessionEndedError";
  readonly code: string;

  constructor(end: SessionEnd | null) {
    super(end?.message ?? "Nobody is signed in.");
    this.code = end?.code ?? "UNAUTHENTICATED";
  }
}

/** A request failed: `code` is that of its first error, or UNAVAILABLE if there was no valid response. */
export class RequestError extends Error {
  override readonly name = "RequestError";
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

const TEMPORARY = new Set(["UNAVAILABLE", "TIMEOUT", "INTERNAL"]);

/** Whether the same request may succeed a little later. */
export function isTemporary(error: unknown): boolean {
  return error instanceof RequestError && TEMPORARY.has(error.code);
}
