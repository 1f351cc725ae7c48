// The server's clock for tokens, as `clock_server.py` reads it from a file.
import { readFileSync, renameSync, writeFileSync } from "node:fs";

const HOUR = 3600; // seconds; access tokens are valid for less

/** All access tokens that exist now expire. */
export function expireTokens(file) {
  writeFileSync(`${file}.next`, String(Number(readFileSync(file, "ascii")) + HOUR));
  renameSync(`${file}.next`, file); // the server never reads half of it
}
