/** The request whose applications are shown, for the person who has published it. */
import { graphql } from "react-relay";
import { useQuery } from "../../../data/query.ts";
import { ButtonLink } from "../../../parts/Button.tsx";
import { Card, Stack, Values } from "../../../parts/Page.tsx";
import { Countdown, DateTime, UserText } from "../../../parts/Text.tsx";
import { useCommon } from "../../../words/common.ts";
import { useFormat } from "../../../words/format.ts";
import type { AskedQuery } from "./__generated__/AskedQuery.graphql.ts";
import { useApplicationsWords } from "./words.ts";

const QUERY = graphql`
  query AskedQuery($id: ID!) {
    node(id: $id) {
      __typename
      ... on Lead {
        id
        title
        brief
        city
        country
        budgetMin
        budgetMax
        currency
        publishedAt
        closesAt
      }
    }
  }
`;

export function Asked({ leadId }: { leadId: string }) {
  const words = useApplicationsWords();
  const common = useCommon();
  const format = useFormat();
  const { node } = useQuery<AskedQuery>(QUERY, { id: leadId });
  if (node?.__typename !== "Lead") return null;
  const { title, brief, city, country, budgetMin, budgetMax, currency, publishedAt, closesAt } = node;
  return (
    <Card
      title={title}
      actions={
        <ButtonLink kind="quiet" isSmall href="/applications">
          {words.allRequests}
        </ButtonLink>
      }
    >
      <Stack>
        <UserText lines>{brief}</UserText>
        <Values
          items={[
            [words.place, <UserText key="place">{[city, format.country(country)].filter(Boolean).join(", ")}</UserText>],
            [words.budget, format.budget(budgetMin, budgetMax, currency)],
            [words.published, <DateTime key="published" at={publishedAt} />],
            [words.closesIn, closesAt && <Countdown key="closes" until={closesAt} past={common.over} />],
          ]}
        />
      </Stack>
    </Card>
  );
}
