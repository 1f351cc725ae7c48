// Owns the run of graphql-http's audit against a server; it must not excuse any of its points.
import { auditServer } from "graphql-http";

const [url] = process.argv.slice(2);
const results = await auditServer({ url });
const missed = results.filter((result) => result.status !== "ok");
for (const { id, name, status, reason } of missed) {
  console.error(`${status} ${id} ${name}: ${reason}`);
}
console.log(`${results.length - missed.length} of ${results.length}`);
process.exit(missed.length === 0 ? 0 : 1);
