import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { ID_OF } from "../src/document-ids.js";
import * as documents from "../src/documents.js";

test("the session sends the files in documents/ byte for byte", () => {
  for (const text of Object.values(documents)) {
    const [, name] = /mutation (\w+)/.exec(text) ?? [];
    assert.equal(readFileSync(`documents/${name}.graphql`, "utf8"), text);
  }
});

test("the id of each document is the hash of its text", () => {
  for (const text of Object.values(documents)) {
    assert.equal(ID_OF.get(text), `sha256:${createHash("sha256").update(text).digest("hex")}`);
  }
});
