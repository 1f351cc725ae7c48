/** Settings that the builds of all examples share. */

/** Built pages can be served from any folder. */
export const base = "./";

const api = process.env["LEADGATE"] ?? "http://127.0.0.1:8000";

/** For `npm run dev`: the page and the API have the same origin, so the session cookie and the socket are accepted. */
export const server = {
  host: "127.0.0.1",
  proxy: { "/graphql": { target: api, ws: true }, "/files": { target: api } },
};
