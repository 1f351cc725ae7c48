/** One of the vendors' accounts, found by typing; read when the field is shown. For operators. */
import { useEffect, useState } from "react";
import { fetchQuery, graphql, useRelayEnvironment } from "react-relay";
import { Combo } from "./Combo.tsx";
import { useCommon } from "../words/common.ts";
import type { Choice } from "./Field.tsx";
import { Soft } from "./Text.tsx";
import type { AccountComboQuery } from "./__generated__/AccountComboQuery.graphql.ts";

const ACCOUNTS = graphql`
  query AccountComboQuery($after: Cursor) {
    accounts(first: 100, after: $after) {
      nodes {
        id
        name
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`;

const MOST_PAGES = 20;

export interface AccountComboProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (id: string) => void;
  readonly error?: string | null;
}

export function AccountCombo({ label, value, onChange, error }: AccountComboProps) {
  const words = useCommon();
  const environment = useRelayEnvironment();
  const [choices, setChoices] = useState<readonly Choice[] | null>(null);
  useEffect(() => {
    let isShown = true;
    const read = async (): Promise<Choice[]> => {
      const found: Choice[] = [];
      let after: string | null = null;
      for (let page = 0; page < MOST_PAGES && isShown; page++) {
        const response: AccountComboQuery["response"] | undefined = await fetchQuery<AccountComboQuery>(environment, ACCOUNTS, { after }).toPromise();
        found.push(...(response?.accounts?.nodes ?? []).map(({ id, name }) => ({ id, label: name })));
        after = response?.accounts?.pageInfo.endCursor ?? null;
        if (!response?.accounts?.pageInfo.hasNextPage) break;
      }
      return found;
    };
    read()
      .then((found) => isShown && setChoices(found))
      .catch(() => isShown && setChoices([]));
    return () => void (isShown = false);
  }, [environment]);
  if (choices === null) return <Soft>{words.loading}</Soft>; // a combo box keeps the items that it was made with
  return <Combo label={label} choices={choices} value={value} onChange={onChange} {...(error !== undefined && { error })} />;
}
