/** Contact data in a text that everybody reads, found while it is being written. */
import { useEffect, useRef, useState } from "react";
import { fetchQuery, graphql, useRelayEnvironment } from "react-relay";
import { codePoints, placeOf, type Place } from "./places.ts";
import type { textCheckQuery } from "./__generated__/textCheckQuery.graphql.ts";

const CHECK = graphql`
  query textCheckQuery($title: String!, $brief: String!, $country: String!) {
    publicTextCheck(title: $title, brief: $brief, country: $country) {
      field
      start
      end
      message
    }
  }
`;

const PAUSE_MS = 400;
export const MOST = { title: 200, brief: 5_000 } as const;

interface Found {
  readonly field: string;
  readonly text: string;
  readonly message: string;
}

/** Asks the server shortly after the last key; returns the places of each field that are still there. */
export function useTextCheck(title: string, brief: string, country: string): (field: "title" | "brief") => readonly Place[] {
  const environment = useRelayEnvironment();
  const [found, setFound] = useState<readonly Found[]>([]);
  const latest = useRef(0);
  useEffect(() => {
    const turn = ++latest.current;
    const isBlank = title.trim() === "" && brief.trim() === "";
    if (isBlank || title.length > MOST.title || brief.length > MOST.brief) return undefined;
    const timer = setTimeout(() => {
      fetchQuery<textCheckQuery>(environment, CHECK, { title, brief, country })
        .toPromise()
        .then((response) => {
          if (turn !== latest.current) return;
          const texts: Readonly<Record<string, string>> = { title, brief };
          const findings = response?.publicTextCheck ?? [];
          setFound(findings.map(({ field, start, end, message }) => ({ field, message, text: codePoints(texts[field] ?? "", start, end) })));
        })
        .catch(() => {}); // publishing itself refuses such a text
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [environment, title, brief, country]);
  return (field) => {
    const written = field === "title" ? title : brief;
    return found.flatMap((one) => (one.field === field && one.text !== "" ? (placeOf(one, written) ?? []) : []));
  };
}
