// Owns asking a server for its whole schema and writing it as SDL; it must not compare it with anything.
import { writeFileSync } from "node:fs";
import { assertValidSchema, buildClientSchema, getIntrospectionQuery, printSchema } from "graphql";

const [url, file] = process.argv.slice(2);
const query = getIntrospectionQuery({
  directiveIsRepeatable: true,
  inputValueDeprecation: true,
  schemaDescription: true,
  specifiedByUrl: true,
});
const response = await fetch(url, {
  method: "POST",
  headers: { accept: "application/graphql-response+json", "content-type": "application/json" },
  body: JSON.stringify({ query }),
});
const { data, errors } = await response.json();
if (errors) throw new Error(JSON.stringify(errors));
const schema = buildClientSchema(data);
assertValidSchema(schema);
writeFileSync(file, printSchema(schema));
console.log(`${Object.keys(schema.getTypeMap()).length} types`);
