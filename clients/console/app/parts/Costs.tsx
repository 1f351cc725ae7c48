/** What something costs in points, and what is left afterwards. */
import { useCommon } from "../words/common.ts";
import classes from "./Costs.module.css";
import { Points } from "./Text.tsx";

export function Costs({ cost, points }: { cost: number; points: number }) {
  const words = useCommon();
  return (
    <dl className={classes["costs"]}>
      <div>
        <dt>{words.costs}</dt>
        <dd>
          <Points value={cost} />
        </dd>
      </div>
      <div>
        <dt>{words.remaining}</dt>
        <dd data-short={points < cost || undefined}>
          <Points value={points - cost} />
        </dd>
      </div>
    </dl>
  );
}
