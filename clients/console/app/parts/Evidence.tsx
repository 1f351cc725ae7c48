/** What the checks of a complaint's row have found: each finding with its source, its time and its weight. */
import { graphql, useFragment } from "react-relay";
import { useFormat } from "../words/format.ts";
import classes from "./Evidence.module.css";
import { useEvidenceWords } from "./evidence.ts";
import { Tag, type Tone } from "./Tag.tsx";
import { DateTime, Soft, UserText } from "./Text.tsx";
import type { Evidence_item$key } from "./__generated__/Evidence_item.graphql.ts";

const EVIDENCE = graphql`
  fragment Evidence_item on ComplaintItem {
    evidence {
      check
      source
      at
      speaks
      conclusive
      confidence
      finding
    }
  }
`;

const TONES: Readonly<Record<string, Tone>> = { FOR: "good", AGAINST: "bad", NEITHER: "calm" };

/** `reader` decides whom the evidence is said to speak for. */
export function Evidence({ item, reader }: { item: Evidence_item$key; reader: "operator" | "vendor" }) {
  const { evidence } = useFragment(EVIDENCE, item);
  const words = useEvidenceWords();
  const format = useFormat();
  // A newer server may have checks and findings that this build has no words for.
  const checks: Readonly<Record<string, string>> = words.checks;
  const findings: Readonly<Record<string, string>> = words.findings;
  const sides: Readonly<Record<string, string>> = words.sides[reader];
  if (evidence.length === 0) return <Soft>{words.none}</Soft>;
  return (
    <ul className={classes["evidence"]}>
      {evidence.map(({ check, source, at, speaks, conclusive, confidence, finding }) => (
        <li key={`${check}.${source}.${at}.${finding}`}>
          <span>
            <strong>{checks[check] ?? check}</strong>
            <Tag tone={TONES[speaks] ?? "calm"}>{sides[speaks] ?? speaks}</Tag>
            {conclusive && <Tag tone="accent">{words.conclusive}</Tag>}
          </span>
          {finding && <span>{findings[finding] ?? finding}</span>}
          <Soft>
            <UserText>{source}</UserText> · <DateTime at={at} /> · {words.confidence(format.number(confidence))}
          </Soft>
        </li>
      ))}
    </ul>
  );
}
