/** The body of a GraphQL request: JSON, or a form if its variables contain files. */

/** A GraphQL request, with `documentId` instead of `query` for a trusted document. */
export interface Operation {
  readonly query?: string | null | undefined;
  readonly documentId?: string | undefined;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
  readonly extensions?: Readonly<Record<string, unknown>> | null | undefined;
}

/** Returns JSON, or `multipart/form-data` as defined by the GraphQL multipart request specification. */
export function requestBody(operation: Operation): string | FormData {
  const files = new Map<string, Blob>();
  const operations = JSON.stringify({ ...operation, variables: withoutFiles(operation.variables, "variables", files) });
  if (files.size === 0) return operations;
  const form = new FormData();
  const paths = [...files.keys()];
  form.append("operations", operations);
  form.append("map", JSON.stringify(Object.fromEntries(paths.map((path, index) => [index, [path]]))));
  [...files.values()].forEach((file, index) => form.append(String(index), file));
  return form;
}

/** Returns a copy in which each file is replaced by null, and adds the files to `files` by their paths. */
function withoutFiles(value: unknown, path: string, files: Map<string, Blob>): unknown {
  if (value instanceof Blob) {
    files.set(path, value);
    return null;
  }
  if (Array.isArray(value)) return value.map((item, index) => withoutFiles(item, `${path}.${index}`, files));
  if (typeof value !== "object" || value === null || "toJSON" in value) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, withoutFiles(item, `${path}.${name}`, files)]),
  );
}
