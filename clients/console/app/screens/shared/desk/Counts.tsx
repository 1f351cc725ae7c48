/** How much waits, of each kind; for vendors also their points, and for agents the calls of this moment. */
import { graphql, useFragment } from "react-relay";
import { useFrame } from "../../../frame/SignedIn.tsx";
import { Tile, Tiles } from "../../../parts/Tiles.tsx";
import { useFormat } from "../../../words/format.ts";
import { COUNTS } from "./counts.ts";
import type { Counts_desk$key } from "./__generated__/Counts_desk.graphql.ts";
import { useDeskWords } from "./words.ts";

const DESK = graphql`
  fragment Counts_desk on Desk {
    counts {
      kind
      count
    }
  }
`;

export function Counts({ desk, calls }: { desk: Counts_desk$key; calls: number | null }) {
  const words = useDeskWords();
  const format = useFormat();
  const { account } = useFrame().viewer;
  const { counts } = useFragment(DESK, desk);
  return (
    <Tiles label={words.waitingTitle}>
      {account && (
        <>
          <Tile label={words.points} value={format.number(account.points)} icon="coins" href="/points" tone="good" />
          <Tile
            label={words.onHold}
            value={format.number(account.pointsOnHold)}
            icon="lock"
            href="/points"
            tone={account.pointsOnHold > 0 ? "accent" : "calm"}
          />
        </>
      )}
      {calls !== null && <Tile label={words.calls} value={format.number(calls)} icon="phone" href="/calls" tone={calls > 0 ? "warn" : "calm"} />}
      {counts.map(({ kind, count }) => {
        if (!(kind in COUNTS)) return null; // of a newer server
        const { href, icon, tone } = COUNTS[kind];
        return <Tile key={kind} label={words.counts[kind]} value={format.number(count)} icon={icon} href={href} tone={count > 0 ? tone : "calm"} />;
      })}
    </Tiles>
  );
}
