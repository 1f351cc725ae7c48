/** What is missing to pay for something, and where the points are. */
import { ButtonLink } from "../../../parts/Button.tsx";
import { useCommon } from "../../../words/common.ts";
import { useFormat } from "../../../words/format.ts";
import classes from "./LeadPage.module.css";
import { useLeadWords } from "./words.ts";

/** The code of the refusal. */
export const TOO_FEW = "INSUFFICIENT_POINTS";

export function TooFew({ cost, points }: { cost: number; points: number }) {
  const words = useLeadWords();
  const common = useCommon();
  const format = useFormat();
  if (points >= cost) return null;
  return (
    <p className={classes["missing"]}>
      {words.tooFewPoints(format.points(cost - points))}
      <ButtonLink isSmall icon="coins" href="/points">
        {common.nav.points}
      </ButtonLink>
    </p>
  );
}
