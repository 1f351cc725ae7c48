// The server's clock for tokens, as `clock_server.py` reads it from a file.
import { readFileSync, renameSync, writeFileSync } from "node:fs";

const HOUR = 3600; // seconds; access tokens are valid for less

/** Makes all existing access tokens expire. */
export function expireTokens(file) {
  writeFileSync(`${file}.next`, String(Number(readFileSync(file, "ascii")) + HOUR));
  renameSync(`${file}.next`, file); // so that the server never reads an incomplete file
}
