/** Refusals, as all payloads have them. */

export interface UserError {
  readonly code: string;
  readonly field: readonly string[];
  readonly message: string;
}

const WITH_PATH = /^([A-Za-z][\w.[\]]*): (.+)$/s;

/**
 * What a refusal says, for people. In English it begins with the path of its field, such as `meetingAt: must be in the
 * future`, which is meant for programs: people read it at the field.
 */
export function said({ field, message }: Pick<UserError, "field" | "message">): string {
  const [, path, words] = WITH_PATH.exec(message) ?? [];
  if (path === undefined || words === undefined) return message;
  const names = path.split(/[.[\]]+/).filter((name) => name !== "");
  const isPath = names.every((name) => field.includes(name) || /^\d+$/.test(name)) || field.includes(names.at(-1) ?? "");
  return isPath ? words.charAt(0).toUpperCase() + words.slice(1) : message;
}
