// Compiles the documents of the screens, and adds those of the session to what the server shall trust.
import { createHash } from "node:crypto";
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename } from "node:path";

const FILE = "build/documents.json";
const SESSION = "../typescript/documents/";

// The compiler lists only what it compiles, and leaves out what is up to date.
for (const folder of readdirSync("app", { recursive: true })) {
  if (basename(folder) === "__generated__") rmSync(`app/${folder}`, { recursive: true });
}
mkdirSync("build", { recursive: true });
writeFileSync(FILE, "{}");
const { status } = spawnSync("node_modules/.bin/relay-compiler", ["--noWatchman"], { stdio: ["ignore", "inherit", "inherit"] });
if (status !== 0) process.exit(status ?? 1);
const documents = JSON.parse(readFileSync(FILE, "utf8"));
for (const name of readdirSync(SESSION).sort()) {
  const text = readFileSync(SESSION + name, "utf8");
  documents[createHash("sha256").update(text).digest("hex")] = text;
}
const sorted = Object.fromEntries(Object.entries(documents).sort(([one], [other]) => (one < other ? -1 : 1)));
writeFileSync(FILE, `${JSON.stringify(sorted, null, 1)}\n`);
