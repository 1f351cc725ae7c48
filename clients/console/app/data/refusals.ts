/** Refusals, as all payloads have them. */

export interface UserError {
  readonly code: string;
  readonly field: readonly string[];
  readonly message: string;
}

const WITH_PATH = /^([A-Za-z][\w.[\]]*): (.+)$/s;
const INSTANT = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|\+00:00)/g;

/**
 * What a refusal says, for people. In English it is also for programs: it begins with the path of its field, such as
 * `meetingAt: must be in the future`, and times are as in the API. People read it at the field, and `moment` says a
 * time as they do.
 */
export function said({ field, message }: Pick<UserError, "field" | "message">, moment: (at: string) => string): string {
  const [, path, words] = WITH_PATH.exec(message) ?? [];
  const names = (path ?? "").split(/[.[\]]+/).filter((name) => name !== "");
  const isPath = names.every((name) => field.includes(name) || /^\d+$/.test(name)) || field.includes(names.at(-1) ?? "");
  const text = words !== undefined && isPath ? words.charAt(0).toUpperCase() + words.slice(1) : message;
  return text.replace(INSTANT, moment);
}
