// Writes every pair of the example documents into the caches of Apollo Client and urql, configured as in
// docs/caching.md. Neither document of a pair may lose or change a field of the other, and no cache may warn.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { InMemoryCache } from "@apollo/client/cache";
import { Client, fetchExchange } from "@urql/core";
import { cacheExchange } from "@urql/exchange-graphcache";
import { buildSchema, introspectionFromSchema, isAbstractType, Kind, parse } from "graphql";
import { resultOf, variablesOf } from "./results.mjs";
import { typePolicies } from "./build/apollo.mjs";
import { keys } from "./build/urql.mjs";

const [sdl, sources] = process.argv.slice(2);
const schema = buildSchema(readFileSync(sdl, "utf8"));
const warnings = [];
const answers = new Map();
const possibleTypes = Object.fromEntries(
  Object.values(schema.getTypeMap())
    .filter(isAbstractType)
    .map((type) => [type.name, schema.getPossibleTypes(type).map(({ name }) => name)]),
);
const introspected = introspectionFromSchema(schema);
for (const level of ["warn", "error"]) console[level] = (...words) => warnings.push(words.map(String).join(" "));

const documents = JSON.parse(readFileSync(sources, "utf8")).map(({ name, text }) => {
  const document = parse(text);
  const { operation } = document.definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  const variables = variablesOf(document);
  const query = new InMemoryCache().transformDocument(document);
  return { name, document, query, operation, variables, result: resultOf(schema, query, variables), plain: resultOf(schema, document, variables) };
});
const read = documents.filter(({ operation }) => operation === "query");

/** Writes a result as Apollo Client does, depending on the kind of operation. */
function writeToApollo(cache, { query, operation, variables, result }) {
  const dataId = `ROOT_${operation.toUpperCase()}`;
  cache.write({ query, variables, result, dataId });
  if (operation === "mutation") {
    cache.modify({
      id: dataId,
      fields: (value, { fieldName, DELETE }) => (fieldName === "__typename" ? value : DELETE),
    });
  }
}

function readFromApollo(cache, { query, variables }) {
  const { complete, result, missing } = cache.diff({ query, variables, optimistic: false, returnPartialData: true });
  return complete ? result : `incomplete: ${missing?.message}`;
}

/** Yields what one document of each pair loses, and the warnings of the cache. */
function* losses(policies) {
  for (const first of read) {
    for (const second of documents) {
      warnings.length = 0;
      const cache = new InMemoryCache({ typePolicies: policies, possibleTypes });
      for (const one of [first, second]) writeToApollo(cache, one);
      for (const one of new Set([first, second])) {
        if (one.operation !== "query") continue;
        yield* difference(readFromApollo(cache, one), one.result, one.name, `Apollo: ${first.name}, then ${second.name}`);
      }
      if (warnings.length > 0) yield `Apollo: ${first.name}, then ${second.name}: ${warnings[0].slice(0, 400)}`;
    }
  }
}

function* difference(found, expected, name, pair) {
  try {
    assert.deepEqual(found, expected);
  } catch ({ message }) {
    yield `${pair}: ${name} loses ${message.slice(0, 600)}`;
  }
}

/** A client whose server generates responses from the schema. */
function urql(keys) {
  const fetch = async (_, { body }) => {
    const { query, variables } = JSON.parse(body);
    const text = `${query}${JSON.stringify(variables)}`;
    if (!answers.has(text)) answers.set(text, JSON.stringify({ data: resultOf(schema, parse(query), variables ?? {}) }));
    return new Response(answers.get(text), { headers: { "content-type": "application/json" } });
  };
  const exchanges = [cacheExchange({ keys, schema: introspected }), fetchExchange];
  return new Client({ url: "http://api.example/graphql", exchanges, fetch, preferGetMethod: false });
}

/** Like `losses`, but with one cache for all pairs of a document, because creating a cache is slow. */
async function* lossesOfUrql(keys) {
  for (const first of read) {
    const client = urql(keys);
    await send(client, first);
    for (const second of documents) {
      if (second.operation === "subscription") continue;
      await send(client, second);
      for (const one of new Set([first, second])) {
        if (one.operation !== "query") continue;
        const { data } = await client.query(one.document, one.variables, { requestPolicy: "cache-only" }).toPromise();
        yield* difference(data, one.plain, one.name, `urql: ${first.name}, then ${second.name}`);
      }
      if (warnings.length > 0) yield `urql: ${first.name}, then ${second.name}: ${warnings[0].slice(0, 400)}`;
      warnings.length = 0;
    }
  }
}

function send(client, { document, operation, variables }) {
  if (operation === "mutation") return client.mutation(document, variables).toPromise();
  return client.query(document, variables, { requestPolicy: "network-only" }).toPromise();
}

function decisionsAreNotMixed() {
  const cache = new InMemoryCache({ typePolicies });
  const query = (fields) => parse(`{ node(id: "Lead:1") { __typename id ... on Lead { visibility { __typename ${fields} } } } }`);
  const node = (fields) => ({ node: { __typename: "Lead", id: "Lead:1", visibility: { __typename: "Decision", ...fields } } });
  cache.write({ query: query("outcome message"), result: node({ outcome: "HIDDEN", message: "Hidden." }), dataId: "ROOT_QUERY" });
  cache.write({ query: query("outcome"), result: node({ outcome: "VISIBLE" }), dataId: "ROOT_QUERY" });
  assert.equal(cache.diff({ query: query("outcome message"), optimistic: false, returnPartialData: true }).complete, false);
}

const failures = [...losses(typePolicies)];
for await (const loss of lossesOfUrql(keys)) failures.push(loss);
for (const failure of failures.slice(0, 20)) process.stderr.write(`${failure}\n`);
if (failures.length > 0) {
  process.stderr.write(`${failures.length} losses\n`);
  process.exit(1);
}
decisionsAreNotMixed();
// Without the configuration of the page, something is lost; otherwise the pairs would prove nothing.
assert(!losses({}).next().done, "Apollo loses nothing even without policies");
assert(!(await lossesOfUrql({}).next()).done, "urql warns of nothing even without keys");
process.stdout.write(`${documents.length} documents, ${read.length * documents.length} pairs\n`);
