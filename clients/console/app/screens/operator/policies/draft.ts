/** The draft of a policy: what differs from the latest version, and what was typed beside it. It survives a reload. */
import { useMemo } from "react";
import { useDraft } from "../../../data/drafts.ts";

export type Value = number | string | boolean;

/** Parameters by area and field. */
export type Parameters = Readonly<Record<string, Readonly<Record<string, Value>>>>;

export interface PolicyDraft {
  /** Only what differs from the latest version, by `area.field`. */
  readonly values: Readonly<Record<string, Value>>;
  readonly version: string;
  /** A local time; now if empty. */
  readonly effective: string;
  readonly from: string;
  readonly until: string;
  readonly sample: string;
  /** The trial, and the parameters that it tries. */
  readonly trial: { readonly id: string; readonly of: string } | null;
}

const EMPTY: PolicyDraft = { values: {}, version: "", effective: "", from: "", until: "", sample: "", trial: null };

export const fieldKey = (area: string, field: string): string => `${area}.${field}`;

/** The parameters of a policy with those of a draft. */
export function merged(base: Parameters, values: PolicyDraft["values"]): Parameters {
  return Object.fromEntries(
    Object.entries(base).map(([area, fields]) => [
      area,
      Object.fromEntries(Object.entries(fields).map(([field, value]) => [field, values[fieldKey(area, field)] ?? value])),
    ]),
  );
}

function read(text: string): PolicyDraft {
  try {
    return { ...EMPTY, ...(JSON.parse(text) as Partial<PolicyDraft>) };
  } catch {
    return EMPTY; // nothing was typed yet
  }
}

/** Returns a market's draft, and functions that change some of it and that begin anew. */
export function usePolicyDraft(market: string): [PolicyDraft, (changes: Partial<PolicyDraft>) => void, () => void] {
  const [text, setText] = useDraft(`policy:${market}`);
  const draft = useMemo(() => read(text), [text]);
  return [draft, (changes) => setText(JSON.stringify({ ...draft, ...changes })), () => setText("")];
}
