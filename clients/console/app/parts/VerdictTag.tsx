/** The word for any verdict of any ruleset, for the screens of operators. */
import { useRulesetWords, wordOf } from "./rulesets.ts";
import { Tag } from "./Tag.tsx";
import { TONES } from "./Verdict.tsx";

/** Nothing if the verdict no longer exists: its sentence says it. */
export function VerdictTag({ outcome }: { outcome: string | null | undefined }) {
  const { verdicts } = useRulesetWords();
  return outcome ? <Tag tone={TONES[outcome] ?? "calm"}>{wordOf(verdicts, outcome)}</Tag> : null;
}
