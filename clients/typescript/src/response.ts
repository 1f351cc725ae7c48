/** Reading responses of GraphQL over HTTP. */
import { RequestError } from "./errors.js";

/** A GraphQL error; handle it by its `extensions.code`. */
export interface GraphQLProblem {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** The result of an operation. */
export interface Result<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly GraphQLProblem[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** Returns the result in a response of any status. Throws `RequestError` UNAVAILABLE for any other content. */
export async function resultOf<Data>(response: Response): Promise<Result<Data>> {
  const text = await response.text();
  try {
    const result: unknown = JSON.parse(text);
    if (isResult<Data>(result)) return result;
  } catch {
    // Not JSON: reported below.
  }
  throw new RequestError("UNAVAILABLE", `The server returned status ${response.status} without a GraphQL result.`);
}

function isResult<Data>(value: unknown): value is Result<Data> {
  return typeof value === "object" && value !== null && ("data" in value || "errors" in value);
}

const LONGEST_REFUSAL = 20_000; // bytes; longer responses are not read twice

/** Whether the server refused the token and therefore executed nothing. The response can still be read. */
export async function isRefused(response: Response): Promise<boolean> {
  if (response.status === 401) return true;
  if (!/\bjson\b/.test(response.headers.get("content-type") ?? "")) return false;
  if (Number(response.headers.get("content-length") ?? 0) > LONGEST_REFUSAL) return false;
  const text = await response.clone().text();
  if (!text.includes('"UNAUTHENTICATED"')) return false;
  try {
    const { errors }: Result<unknown> = JSON.parse(text);
    return errors?.some((error) => error.extensions?.["code"] === "UNAUTHENTICATED") ?? false;
  } catch {
    return false;
  }
}
