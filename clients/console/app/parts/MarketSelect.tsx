/** One of the markets, read when the choices are opened, or at once if one must be chosen. */
import { useCallback, useEffect, useRef, useState } from "react";
import { fetchQuery, graphql, useRelayEnvironment } from "react-relay";
import { Select, type Choice, type SelectProps } from "./Field.tsx";
import type { MarketSelectQuery } from "./__generated__/MarketSelectQuery.graphql.ts";

const MARKETS = graphql`
  query MarketSelectQuery {
    markets(first: 100) {
      nodes {
        code
        name
      }
    }
  }
`;

export interface MarketSelectProps extends Omit<SelectProps, "choices" | "onOpen" | "value"> {
  /** A market's code; empty for none. */
  readonly value: string;
  /** The choice of none in words; without it, a market must be chosen. */
  readonly any?: string;
}

export function MarketSelect({ any, value, ...others }: MarketSelectProps) {
  const environment = useRelayEnvironment();
  const [markets, setMarkets] = useState<readonly Choice[]>([]);
  const isAsked = useRef(false);
  const read = useCallback((): void => {
    if (isAsked.current) return;
    isAsked.current = true;
    fetchQuery<MarketSelectQuery>(environment, MARKETS, {})
      .toPromise()
      .then((found) => setMarkets((found?.markets?.nodes ?? []).map(({ code, name }) => ({ id: code, label: name }))))
      .catch(() => void (isAsked.current = false)); // opened again, it asks again
  }, [environment]);
  const isRequired = any === undefined;
  useEffect(() => {
    if (isRequired) read(); // without a choice there is nothing to open
  }, [isRequired, read]);
  const isUnknown = value !== "" && markets.every(({ id }) => id !== value);
  const choices = [...(isRequired ? [] : [{ id: "", label: any }]), ...(isUnknown ? [{ id: value, label: value }] : []), ...markets];
  return <Select {...others} onOpen={read} value={isRequired && value === "" ? null : value} choices={choices} />;
}
