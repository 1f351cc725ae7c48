/** The session of this window, and the requests of the page. */
import { Session } from "leadgate-client";
import { noteBuild } from "./build.ts";
import { clock } from "./clock.ts";
import { sendForm } from "./upload.ts";

/** Where the console is served, such as `/console/`, below the path of a proxy. */
export const home = new URL("./", document.baseURI);
export const endpoint = new URL("../graphql", home).pathname;

/** The address of a file whose link the API gives as a path of the server, such as `/files/…`, below the path of a proxy. */
export const serverHref = (path: string): string => new URL(path.replace(/^\//, "../"), home).href;

const SECOND = 1_000;

let busyUntil = 0;

/** Milliseconds until the server takes requests again, as far as it has said. */
export const waitAsked = (): number => Math.max(0, busyUntil - clock.now());

/** `fetch` that reads what each response says about the server: its clock, its build and when it is less busy. */
const reading: typeof fetch = async (input, init) => {
  const sent = clock.mark();
  const response = init?.body instanceof FormData ? await sendForm(String(input), init) : await fetch(input, init);
  clock.learn(Date.parse(response.headers.get("Date") ?? ""), SECOND, sent);
  noteBuild(response.headers);
  const wait = Number(response.headers.get("Retry-After") ?? 0);
  if (wait > 0) busyUntil = Math.max(busyUntil, clock.now() + wait * SECOND);
  return response;
};

const AS = "as";

/** The demo's user for whom this window was opened, by `?as=vendor`; it stays so when the page is loaded again. */
export const actingAs = ((): string | null => {
  const given = new URL(location.href).searchParams.get(AS);
  try {
    if (given !== null) sessionStorage.setItem("leadgate.as", given);
    return given ?? sessionStorage.getItem("leadgate.as");
  } catch {
    return given;
  }
})();

/** Lets the next sign-in of this window be an ordinary one, which all windows share. */
export function actAsNobody(): void {
  sessionStorage.removeItem("leadgate.as");
}

/**
 * The session: its refresh token is in a cookie that scripts cannot read. The cookie belongs to all windows of the
 * browser, so a window for one of the demo's users has its own session in memory instead.
 */
export const session = new Session({
  url: endpoint,
  transport: actingAs === null ? "COOKIE" : "TOKENS",
  byId: true,
  fetch: reading,
});
