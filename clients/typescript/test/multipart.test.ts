import assert from "node:assert/strict";
import { test } from "node:test";
import { requestBody } from "../src/multipart.js";

test("a request without files is JSON", () => {
  assert.equal(requestBody({ query: "{ a }", variables: { b: [1, null] } }), '{"query":"{ a }","variables":{"b":[1,null]}}');
});

test("files become parts, and null in the operation", async () => {
  const variables = { input: { file: new File(["x"], "rows.csv"), more: [new Blob(["y"])] }, at: new Date(0) };
  const form = requestBody({ query: "q", variables });
  assert(form instanceof FormData);
  assert.deepEqual(JSON.parse(String(form.get("operations"))), {
    query: "q",
    variables: { input: { file: null, more: [null] }, at: "1970-01-01T00:00:00.000Z" },
  });
  assert.deepEqual(JSON.parse(String(form.get("map"))), {
    0: ["variables.input.file"],
    1: ["variables.input.more.0"],
  });
  const [file, blob] = [form.get("0"), form.get("1")];
  assert(file instanceof File && blob instanceof File);
  assert.deepEqual([file.name, await file.text(), await blob.text()], ["rows.csv", "x", "y"]);
});
