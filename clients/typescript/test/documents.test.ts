import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import * as documents from "../src/documents.js";

test("the session sends the files in documents/ byte for byte", () => {
  for (const text of Object.values(documents)) {
    const [, name] = /mutation (\w+)/.exec(text) ?? [];
    assert.equal(readFileSync(`documents/${name}.graphql`, "utf8"), text);
  }
});
