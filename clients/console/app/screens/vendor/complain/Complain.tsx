/** A new complaint: about chosen contacts, with what the rules would say before it is filed, or by file. */
import { useTurn, useQuery } from "../../../data/query.ts";
import { graphql } from "react-relay";
import { useFilters } from "../../../parts/filters.ts";
import { Card, Columns, Page } from "../../../parts/Page.tsx";
import { ButtonLink } from "../../../parts/Button.tsx";
import { Empty } from "../../../parts/State.tsx";
import { useCommon } from "../../../words/common.ts";
import { ByFile } from "./ByFile.tsx";
import { ByHand } from "./ByHand.tsx";
import type { ComplainQuery } from "./__generated__/ComplainQuery.graphql.ts";
import { useComplainWords } from "./words.ts";

const QUERY = graphql`
  query ComplainQuery($ids: [ID!]!) {
    nodes(ids: $ids) {
      __typename
      ... on Delivery {
        id
        kind
        complaintUntil
        lead {
          id
          title
          contact {
            ...Contacted_contact
          }
        }
      }
    }
  }
`;

const DEFAULTS = { deliveries: "" } as const;

export default function Complain() {
  const words = useComplainWords();
  const common = useCommon();
  const [{ deliveries: text }, change] = useFilters(DEFAULTS);
  const ids = text.split(",").filter((id) => id !== "");
  const [turn, reread] = useTurn();
  const { nodes } = useQuery<ComplainQuery>(QUERY, { ids }, turn);
  const chosen = (nodes ?? []).flatMap((node) => (node?.__typename === "Delivery" ? [node] : []));
  return (
    <Page title={words.title} lead={words.lead} back={{ href: "/contacts", label: common.nav.contacts }}>
      <Columns side={<ByFile />}>
        {chosen.length > 0 ? (
          <ByHand deliveries={chosen} reread={reread} leaveOut={(id) => change({ deliveries: ids.filter((one) => one !== id).join(",") })} />
        ) : (
          <Card title={words.byHand}>
            <Empty icon="users" title={words.noneChosen} action={<ButtonLink href="/contacts">{common.nav.contacts}</ButtonLink>}>
              {words.noneChosenHint}
            </Empty>
          </Card>
        )}
      </Columns>
    </Page>
  );
}
