/** How much waits, of each kind; for vendors also their points. */
import { useFrame } from "../../../frame/SignedIn.tsx";
import { Tile, Tiles } from "../../../parts/Tiles.tsx";
import { useFormat } from "../../../words/format.ts";
import { COUNTS } from "./counts.ts";
import type { Counted } from "./Desk.tsx";
import { useDeskWords } from "./words.ts";

export function Counts({ counts }: { counts: Counted }) {
  const words = useDeskWords();
  const format = useFormat();
  const { account } = useFrame().viewer;
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
      {counts.map(({ kind, count }) => {
        if (!(kind in COUNTS)) return null; // of a newer server
        const { href, icon, tone } = COUNTS[kind];
        return <Tile key={kind} label={words.counts[kind]} value={format.number(count)} icon={icon} href={href} tone={count > 0 ? tone : "calm"} />;
      })}
    </Tiles>
  );
}
