/** What differs between two policies, in the words of the API. */
import { UserText } from "../../../parts/Text.tsx";
import classes from "./Policies.module.css";

interface Change {
  readonly area: string;
  readonly field: string;
  readonly sentence: string;
}

export function Changes({ label, changes }: { label: string; changes: readonly Change[] }) {
  return (
    <ul className={classes["changes"]} aria-label={label}>
      {changes.map(({ area, field, sentence }) => (
        <li key={`${area}.${field}`}>
          <UserText>{sentence}</UserText>
        </li>
      ))}
    </ul>
  );
}
