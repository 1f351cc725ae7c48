/** What is wrong with a draft, as people read it at its field. */

const PATH = /\b[a-z_]+\.[a-z_]+\b/g;
const LIMIT = /\((\d+)\)/;

/**
 * Words a problem of the API for people: without the path of its field, which is for programs, with the labels of other
 * fields in the place of their paths, and with units where two numbers are compared. `labelOf` has the labels by path,
 * and `withUnit` writes a number of this field.
 */
export function problemFor(
  path: string,
  message: string,
  labelOf: ReadonlyMap<string, string>,
  withUnit: (value: number) => string,
): string {
  const own = message.startsWith(`${path}: `) ? message.slice(path.length + 2) : message;
  const named = own.replace(PATH, (other) => (labelOf.has(other) ? `“${labelOf.get(other)}”` : other));
  const compared = LIMIT.test(named)
    ? named.replace(LIMIT, (_, limit: string) => `(${withUnit(Number(limit))})`).replace(/\d+(?= (?:must|muss|musi|trebuie) )/, (value) => withUnit(Number(value)))
    : named;
  return compared.charAt(0).toUpperCase() + compared.slice(1);
}
