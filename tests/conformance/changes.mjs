// Compares the schema with that of an earlier release, writes the changes, and fails if there is a breaking change that
// schema/breaking_changes.json does not list with a reason.
import { readFileSync, writeFileSync } from "node:fs";
import { diff, DiffRule } from "@graphql-inspector/core";
import { buildSchema } from "graphql";

const [before, now, listed, written] = process.argv.slice(2);
const [earlier, current] = [before, now].map((path) => buildSchema(readFileSync(path, "utf8")));
const reasons = new Map(
  JSON.parse(readFileSync(listed, "utf8")).flatMap(({ reason, changes }) => changes.map((change) => [change, reason])),
);
const changes = await diff(earlier, current, [DiffRule.ignoreDescriptionChanges, DiffRule.simplifyChanges]);
const levels = { BREAKING: "Breaking", DANGEROUS: "Dangerous", NON_BREAKING: "Safe" };
const lines = ["# Changes to the schema", ""];
for (const [level, title] of Object.entries(levels)) {
  const found = changes.filter(({ criticality }) => criticality.level === level);
  if (found.length === 0) continue;
  lines.push(`## ${title}`, "");
  for (const { message } of found) {
    const reason = level === "BREAKING" && reasons.get(message);
    lines.push(`- ${message}${reason ? `. ${reason}` : ""}`);
  }
  lines.push("");
}
writeFileSync(written, lines.join("\n"));
const unlisted = changes
  .filter(({ criticality, message }) => criticality.level === "BREAKING" && !reasons.get(message)?.trim())
  .map(({ message }) => message);
for (const message of unlisted) process.stderr.write(`breaking change, not listed with a reason: ${message}\n`);
process.stdout.write(`${changes.length} changes, ${unlisted.length} unlisted breaking ones, see ${written}\n`);
process.exit(unlisted.length === 0 ? 0 : 1);
