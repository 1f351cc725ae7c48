// Generates the result of any document from the schema. A field of an object has the same value in every result.
import { createHash } from "node:crypto";
import { getNamedType, isAbstractType, isEnumType, isLeafType, isListType, isNonNullType, Kind, valueFromASTUntyped } from "graphql";

const ITEMS = 2; // of each list
// The type of the object that a field of an abstract type returns, regardless of what a document selects.
const MEMBERS = { Node: "Application", RevealUpdate: "RevealEvent", NotificationUpdate: "Notification", ComplaintProgressUpdate: "ComplaintProgress", CallUpdate: "CallEvent", ChatMessageUpdate: "ChatMessage" };

const hash = (text) => createHash("sha256").update(text).digest();

function leaf(type, place) {
  if (isEnumType(type)) {
    // Different in each item of a list, because the value may be what identifies the item.
    const [item = "", each = 0] = /\[(\d)\](?!.*\[\d\])/.exec(place) ?? [];
    const values = type.getValues();
    return values[(hash(place.replace(item, ""))[0] + Number(each)) % values.length].name;
  }
  const found = hash(place);
  if (type.name === "Int") return found.readUInt16BE(0);
  if (type.name === "Float") return found.readUInt16BE(0) / 2;
  if (type.name === "Boolean") return found[0] % 2 === 0;
  if (type.name === "Facts") return { fact: found.toString("hex", 0, 4) };
  return `${type.name} ${found.toString("hex", 0, 8)}`;
}

/** The variables of a document, chosen so that as many lists as possible have the same arguments. */
export function variablesOf(document) {
  const operation = document.definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  const given = {};
  for (const { variable, defaultValue } of operation.variableDefinitions ?? []) {
    const name = variable.name.value;
    if (name === "first") given.first = 5;
    else if (name === "id") given.id = `${nodeType(document)}:1`;
    else if (name === "ids") given.ids = ["Lead:1", "Application:1", "Account:1"];
    else if (name === "input") given.input = { key: operation.name?.value ?? "" };
    else if (name === "items") given.items = [];
    else if (defaultValue) given[name] = valueFromASTUntyped(defaultValue);
  }
  return given;
}

function nodeType(document) {
  const [, found] = /node\(id: \$id\)[^]*?\.\.\. on (\w+)/.exec(document.loc.source.body) ?? [];
  return found ?? "Lead";
}

export function resultOf(schema, document, variables) {
  const fragments = new Map();
  let operation;
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
    else operation = definition;
  }

  function selected(type, selectionSet, found = new Map()) {
    for (const node of selectionSet.selections) {
      if (node.kind === Kind.FIELD) {
        const key = (node.alias ?? node.name).value;
        found.set(key, [...(found.get(key) ?? []), node]);
        continue;
      }
      const fragment = node.kind === Kind.FRAGMENT_SPREAD ? fragments.get(node.name.value) : node;
      const condition = fragment.typeCondition?.name.value;
      const on = condition ? schema.getType(condition) : type;
      if (on === type || (isAbstractType(on) && schema.isSubType(on, type))) selected(type, fragment.selectionSet, found);
    }
    return found;
  }

  function object(type, place, nodes) {
    const fields = type.getFields();
    const result = {};
    const within = { kind: Kind.SELECTION_SET, selections: nodes.flatMap(({ selectionSet }) => selectionSet.selections) };
    for (const [key, asked] of selected(type, within)) {
      const name = asked[0].name.value;
      if (name === "__typename") {
        result[key] = type.name;
        continue;
      }
      const given = (asked[0].arguments ?? []).map((one) => [one.name.value, valueFromASTUntyped(one.value, variables)]);
      const called = `${place}.${name}(${JSON.stringify(given.filter(([, value]) => value !== undefined).sort(([a], [b]) => (a < b ? -1 : 1)))})`;
      result[key] = name === "id" ? place : value(fields[name].type, called, asked, 0, given);
    }
    return result;
  }

  function value(type, place, nodes, index, given) {
    if (isNonNullType(type)) return value(type.ofType, place, nodes, index, given);
    if (isListType(type)) {
      const ids = given.find(([name]) => name === "ids")?.[1];
      if (ids) return ids.map((id) => object(schema.getType(id.split(":")[0]), id, nodes));
      return Array.from({ length: ITEMS }, (_, each) => value(type.ofType, `${place}[${each}]`, nodes, each, []));
    }
    if (isLeafType(type)) return leaf(type, place);
    const id = given.find(([name]) => name === "id")?.[1];
    let named = getNamedType(type);
    if (id) named = schema.getType(id.split(":")[0]);
    else if (isAbstractType(named)) named = schema.getType(MEMBERS[named.name]);
    return object(named, id ?? ("id" in named.getFields() ? `${named.name}:${itemOf(place, index)}` : place), nodes);
  }

  const root = schema.getRootType(operation.operation);
  return object(root, root.name, [operation]);
}

/** The number of an object in its list, whether the list contains the object itself or an edge. */
function itemOf(place, index) {
  const [, found] = /edges\([^)]*\)\[(\d)\]\.node\([^)]*\)$/.exec(place) ?? [];
  return Number(found ?? index) + 1;
}
