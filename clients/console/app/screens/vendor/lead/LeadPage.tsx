/** A lead: all that is public, the decision about its contact, and applying for it or buying it. */
import { graphql, useFragment } from "react-relay";
import { useLiveEvents, useQuery, useRereadAt, useTurn } from "../../../data/query.ts";
import { ComplainLink } from "../../../parts/ComplainLink.tsx";
import { ContactCard, useRereadContact } from "../../../parts/ContactCard.tsx";
import { ContactAdvice, PubliclyKnown } from "../../../parts/OpenContact.tsx";
import { Card, Columns, Page, Values } from "../../../parts/Page.tsx";
import { NotFound } from "../../../parts/State.tsx";
import { Countdown, DateTime, UserText } from "../../../parts/Text.tsx";
import { Verdict } from "../../../parts/Verdict.tsx";
import { useCommon } from "../../../words/common.ts";
import { useFormat } from "../../../words/format.ts";
import { useParam } from "../../screen.ts";
import { Apply } from "./Apply.tsx";
import { Buy } from "./Buy.tsx";
import { Own } from "./Own.tsx";
import type { LeadPageQuery } from "./__generated__/LeadPageQuery.graphql.ts";
import type { LeadPage_account$key } from "./__generated__/LeadPage_account.graphql.ts";
import type { LeadPage_lead$key } from "./__generated__/LeadPage_lead.graphql.ts";
import { useLeadWords } from "./words.ts";

const LEAD = graphql`
  query LeadPageQuery($id: ID!) {
    node(id: $id) {
      ...LeadPage_lead @alias(as: "lead")
    }
    viewer {
      account {
        ...LeadPage_account
      }
    }
  }
`;

const FRAGMENT = graphql`
  fragment LeadPage_lead on Lead {
    id
    title
    brief
    category
    city
    country
    budgetMin
    budgetMax
    currency
    publishedAt
    closesAt
    visibility {
      changesAt
      ...Verdict_decision
    }
    application {
      id
    }
    contact {
      ...ContactCard_contact
    }
    ...ComplainLink_lead
    offer {
      points
    }
    ...Apply_lead
    ...Buy_lead
    ...Own_lead
  }
`;

const ACCOUNT = graphql`
  fragment LeadPage_account on Account {
    ...Apply_account
    ...Buy_account
  }
`;

export default function LeadPage() {
  const [turn, reread] = useTurn();
  const { node, viewer } = useQuery<LeadPageQuery>(LEAD, { id: useParam("id") }, turn);
  return node?.lead ? <Found lead={node.lead} account={viewer?.account ?? null} reread={reread} /> : <NotFound />;
}

function Found(props: { lead: LeadPage_lead$key; account: LeadPage_account$key | null; reread: () => void }) {
  const words = useLeadWords();
  const common = useCommon();
  const format = useFormat();
  const lead = useFragment(FRAGMENT, props.lead);
  const account = useFragment(ACCOUNT, props.account);
  useLiveEvents(({ subjectId, feed }) => {
    if (feed === "reveals" || subjectId === lead.id || subjectId === lead.application?.id) props.reread();
  });
  useRereadAt([lead.visibility.changesAt, lead.closesAt], props.reread);
  useRereadContact(lead.contact != null, props.reread);
  const { title, brief, category, city, country, budgetMin, budgetMax, currency, publishedAt, closesAt } = lead;
  return (
    <Page title={title} back={lead.contact && !lead.application ? { href: "/contacts", label: common.nav.contacts } : { href: "/leads", label: common.nav.leads }}>
      <Columns
        side={
          <>
            {lead.contact && (
              <ContactCard contact={lead.contact}>
                <ComplainLink lead={lead} />
              </ContactCard>
            )}
            {lead.application ? <Own lead={lead} /> : !lead.contact && account && <Apply lead={lead} account={account} reread={props.reread} />}
            {!lead.application && !lead.contact && lead.offer && account && <Buy lead={lead} account={account} reread={props.reread} />}
          </>
        }
      >
        <Card title={words.request}>
          <UserText lines>{brief}</UserText>
        </Card>
        {lead.contact && (
          <>
            <ContactAdvice leadId={lead.id} />
            <PubliclyKnown leadId={lead.id} />
          </>
        )}
        <Card title={words.contact}>
          <Verdict decision={lead.visibility} />
        </Card>
        <Card title={words.details}>
          <Values
            items={[
              [words.category, <UserText key="category">{category}</UserText>],
              [words.place, <UserText key="place">{[city, format.country(country)].filter(Boolean).join(", ")}</UserText>],
              [words.budget, format.budget(budgetMin, budgetMax, currency)],
              [words.published, <DateTime key="published" at={publishedAt} />],
              [words.closesIn, closesAt && <Countdown key="closes" until={closesAt} past={common.over} />],
            ]}
          />
        </Card>
      </Columns>
    </Page>
  );
}
