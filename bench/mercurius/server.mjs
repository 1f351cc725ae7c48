// The floor of the list query as GraphQL: Fastify, Mercurius with graphql-jit, and the floor's statement.
//
// Like bench/floor.py, it has one vendor as its viewer, no token, and the rules by hand. The driver prepares
// the statement; instants stay texts, because a Date of JavaScript has no microseconds.

import { readFileSync } from "node:fs";
import Fastify from "fastify";
import { GraphQLScalarType } from "graphql";
import mercurius from "mercurius";
import pg from "pg";
import postgres from "postgres";

const { DATABASE_URL, BENCH_VENDOR, BENCH_SQL, BENCH_DRIVER = "postgres", PORT } = process.env;
const POOL = 20;
const REVEAL_AFTER = 48 * 3_600_000;
const TIMESTAMPTZ = 1184;

const address = new URL(DATABASE_URL.replace("@/", "@localhost/")); // a socket's folder is a parameter
const database = {
  host: address.searchParams.get("host") ?? address.hostname,
  port: Number(address.port || 5432),
  user: decodeURIComponent(address.username),
  password: decodeURIComponent(address.password),
  database: address.pathname.slice(1),
};

/** An instant as the API writes it, from PostgreSQL's text in UTC. */
function instant(text) {
  if (text === null) return null;
  const [seconds, fraction] = text.slice(0, -3).split(".");
  const micros = fraction === undefined ? "" : `.${fraction.padEnd(6, "0")}`;
  return `${seconds.slice(0, 10)}T${seconds.slice(11)}${micros}Z`;
}

function withPg() {
  const types = { getTypeParser: (oid, format) => (oid === TIMESTAMPTZ ? instant : pg.types.getTypeParser(oid, format)) };
  const pool = new pg.Pool({ ...database, max: POOL, types, options: "-c timezone=UTC" });
  return async () => (await pool.query({ name: "leads", text: BENCH_SQL, values: [BENCH_VENDOR] })).rows;
}

function withPostgres() {
  const sql = postgres({
    ...database,
    max: POOL,
    connection: { timezone: "UTC" },
    types: { instant: { to: TIMESTAMPTZ, from: [TIMESTAMPTZ], serialize: String, parse: instant } },
  });
  return () => sql.unsafe(BENCH_SQL, [BENCH_VENDOR], { prepare: true });
}

const rows = { pg: withPg, postgres: withPostgres }[BENCH_DRIVER]();

function later(text) {
  const at = new Date(Date.parse(text) + REVEAL_AFTER).toISOString(); // whole days: the time of day stays
  return at.slice(0, 10) + text.slice(10);
}

/** The rules of visibility for a vendor, by hand. */
function decide(row) {
  const { received_at: received, accepted_at: accepted, declined_at: declined } = row;
  if (row.closed === "NO_CONSENT") return ["HIDDEN", "no_consent_upheld", null];
  if (row.kind === "LEAD_CLUB" || row.kind === "RECORD") return ["VISIBLE", "delivered", null];
  if (received === null) return ["HIDDEN", "nothing_applied_for", null];
  if (declined !== null && accepted !== null) return ["VISIBLE", "acceptance_withdrawn", null];
  if (declined !== null) {
    const late = Date.parse(declined) - Date.parse(received) >= REVEAL_AFTER;
    return late ? ["VISIBLE", "declined_late", null] : ["HIDDEN", "declined_in_time", null];
  }
  if (accepted !== null) return ["VISIBLE", "prospect_accepted", null];
  if (Date.parse(row.now) - Date.parse(received) >= REVEAL_AFTER) return ["VISIBLE", "revealed_by_silence", null];
  return ["HIDDEN", "still_waiting", later(received)];
}

function lead(row) {
  const [verdict, ruleId, changesAt] = decide(row);
  return {
    id: Buffer.from(`Lead:${row.id.replaceAll("-", "")}`).toString("base64url"),
    title: row.title,
    brief: row.brief,
    category: row.category,
    city: row.city,
    country: row.country,
    budgetMax: row.budget_max,
    publishedAt: row.published_at,
    visibility: { verdict, ruleId, changesAt },
    contact:
      verdict === "VISIBLE"
        ? { fullName: row.full_name, organisation: row.organisation, email: row.email, phone: row.phone }
        : null,
  };
}

const scalar = (name) => new GraphQLScalarType({ name, serialize: (value) => value });
const app = Fastify();
await app.register(mercurius, {
  schema: readFileSync(new URL("list.graphql", import.meta.url), "utf8"),
  resolvers: {
    DateTime: scalar("DateTime"),
    EmailAddress: scalar("EmailAddress"),
    PhoneNumber: scalar("PhoneNumber"),
    Query: { leads: async () => ({ nodes: (await rows()).map(lead) }) },
  },
  jit: 1,
  graphiql: false,
});
app.get("/readyz", () => "ready");
await app.listen({ host: "127.0.0.1", port: Number(PORT) });
