/** One lead as an operator sees it: its text, who applied and what was decided, who has the data, and its sale. */
import { lazy } from "react";
import { graphql, useFragment } from "react-relay";
import { useLiveEvents, useQuery, useRereadAt, useTurn } from "../../../data/query.ts";
import { ApplicationState } from "../../../parts/ApplicationState.tsx";
import { ButtonLink } from "../../../parts/Button.tsx";
import { useCategoryWords } from "../../../parts/categories.ts";
import { NOTICE_TONES, useDisclosureWords } from "../../../parts/disclosures.ts";
import { Look } from "../../../parts/Look.tsx";
import { Card, Columns, Page, Stack, Values } from "../../../parts/Page.tsx";
import { useSourceWords } from "../../../parts/sources.ts";
import { Boundary, Empty, NotFound } from "../../../parts/State.tsx";
import { DataTable, type Column } from "../../../parts/Table.tsx";
import { Tag } from "../../../parts/Tag.tsx";
import { Countdown, DateTime, Points, Soft, UserText } from "../../../parts/Text.tsx";
import { VerdictLine } from "../../../parts/Verdict.tsx";
import { useCommon } from "../../../words/common.ts";
import { useFormat } from "../../../words/format.ts";
import { useParam } from "../../screen.ts";
import { Offer } from "./Offer.tsx";
import type { AnyLeadQuery } from "./__generated__/AnyLeadQuery.graphql.ts";
import type { AnyLead_lead$data, AnyLead_lead$key } from "./__generated__/AnyLead_lead.graphql.ts";
import { useLeadWords } from "./words.ts";

const Deliver = lazy(() => import("./Deliver.tsx"));

const LEAD = graphql`
  query AnyLeadQuery($id: ID!) {
    node(id: $id) {
      ...AnyLead_lead @alias(as: "lead")
    }
    disclosures(first: 25, leadId: $id) {
      nodes {
        id
        at
        basis
        categories
        noticeState
        vendor {
          name
        }
        notice {
          id
        }
        decision {
          ...Verdict_line
        }
      }
    }
  }
`;

const FRAGMENT = graphql`
  fragment AnyLead_lead on Lead {
    id
    prospectId
    title
    brief
    category
    city
    country
    budgetMin
    budgetMax
    currency
    source
    publishedAt
    closesAt
    fee
    market {
      id
      name
    }
    applications(first: 25) {
      totalCount
      nodes {
        id
        status
        submittedAt
        fee
        ...ApplicationState_application
        vendor {
          name
        }
        deadlines {
          kind
          dueAt
          doneAt
        }
        visibility {
          changesAt
          ...Verdict_line
        }
        refund {
          ...Verdict_line
        }
      }
    }
    ...Offer_lead
  }
`;

type Application = AnyLead_lead$data["applications"]["nodes"][number];
type Disclosure = NonNullable<AnyLeadQuery["response"]["disclosures"]>["nodes"][number];

export default function AnyLead() {
  const [turn, reread] = useTurn();
  const { node, disclosures } = useQuery<AnyLeadQuery>(LEAD, { id: useParam("id") }, turn);
  return node?.lead ? <Found lead={node.lead} disclosures={disclosures?.nodes ?? []} reread={reread} /> : <NotFound />;
}

function Found(props: { lead: AnyLead_lead$key; disclosures: readonly Disclosure[]; reread: () => void }) {
  const { disclosures, reread } = props;
  const words = useLeadWords();
  const common = useCommon();
  const format = useFormat();
  const { sources } = useSourceWords();
  const lead = useFragment(FRAGMENT, props.lead);
  useLiveEvents(reread);
  useRereadAt([lead.closesAt, ...lead.applications.nodes.map(({ visibility }) => visibility.changesAt)], reread);
  return (
    <Page
      title={lead.title}
      lead={<UserText>{[lead.category, [lead.city, format.country(lead.country)].filter(Boolean).join(", ")].join(" · ")}</UserText>}
      back={{ href: "/leads", label: common.nav.allLeads }}
      actions={
        lead.prospectId && (
          <ButtonLink icon="plus" href={`/leads/new?prospect=${encodeURIComponent(lead.prospectId)}`}>
            {words.another}
          </ButtonLink>
        )
      }
    >
      <Columns
        side={
          <>
            <Card title={words.state}>
              <Values
                items={[
                  [words.market, <UserText key="market">{lead.market.name}</UserText>],
                  [words.source, sources[lead.source]],
                  [words.budget, format.budget(lead.budgetMin, lead.budgetMax, lead.currency)],
                  [words.fee, <Points key="fee" value={lead.fee} />],
                  [words.published, <DateTime key="published" at={lead.publishedAt} />],
                  [words.closes, lead.closesAt ? <Countdown key="closes" until={lead.closesAt} past={common.over} /> : words.neverCloses],
                ]}
              />
            </Card>
            <Look leadId={lead.id} />
            <Offer lead={lead} reread={reread} />
            <Boundary>
              <Deliver leadId={lead.id} reread={reread} />
            </Boundary>
          </>
        }
      >
        <Card title={words.request}>
          <UserText lines>{lead.brief}</UserText>
        </Card>
        <Applications applications={lead.applications.nodes} total={lead.applications.totalCount} />
        <Deliveries disclosures={disclosures} />
      </Columns>
    </Page>
  );
}

function Applications({ applications, total }: { applications: readonly Application[]; total: number }) {
  const words = useLeadWords();
  const format = useFormat();
  const columns: Column<Application>[] = [
    {
      id: "vendor",
      title: words.vendor,
      isMain: true,
      render: ({ vendor, submittedAt, fee }) => (
        <span>
          <strong>
            <UserText>{vendor.name}</UserText>
          </strong>
          <br />
          <Soft>
            <DateTime at={submittedAt} />, <Points value={fee} />
          </Soft>
        </span>
      ),
    },
    { id: "status", title: words.state, render: (application) => <ApplicationState application={application} /> },
    { id: "contact", title: words.contactFor, isWide: true, render: ({ visibility }) => <VerdictLine decision={visibility} /> },
    { id: "refund", title: words.refund, isWide: true, render: ({ refund }) => <VerdictLine decision={refund} /> },
  ];
  return (
    <Card title={words.applications} isFlush>
      <DataTable
        label={words.applications}
        columns={columns}
        rows={applications}
        idOf={({ id }) => id}
        dependencies={[format]}
        empty={
          <Empty icon="list" title={words.noApplications}>
            {words.noApplicationsHint}
          </Empty>
        }
      />
      {total > applications.length && (
        <Stack>
          <Soft>{words.newestOf(format.number(applications.length), format.number(total))}</Soft>
        </Stack>
      )}
    </Card>
  );
}

/** Who has the contact data: each delivery is an entry of the register of disclosures. */
function Deliveries({ disclosures }: { disclosures: readonly Disclosure[] }) {
  const words = useLeadWords();
  const common = useCommon();
  const said = useDisclosureWords();
  const names = useCategoryWords();
  const format = useFormat();
  const columns: Column<Disclosure>[] = [
    {
      id: "vendor",
      title: words.vendor,
      isMain: true,
      render: ({ vendor, at }) => (
        <span>
          <strong>
            <UserText>{vendor.name}</UserText>
          </strong>
          <br />
          <Soft>
            <DateTime at={at} />
          </Soft>
        </span>
      ),
    },
    { id: "basis", title: words.basis, render: ({ basis }) => said.bases[basis] },
    { id: "what", title: words.what, render: ({ categories }) => categories.map((one) => names[one]).join(", ") },
    { id: "why", title: common.why, isWide: true, render: ({ decision }) => <VerdictLine decision={decision} /> },
    {
      id: "notice",
      title: words.notice,
      render: ({ noticeState, notice }) => (
        <span>
          <Tag tone={NOTICE_TONES[noticeState] ?? "calm"}>{said.notices[noticeState]}</Tag>{" "}
          {notice && (
            <ButtonLink kind="quiet" isSmall href={`/outbox/${encodeURIComponent(notice.id)}`}>
              {words.openNotice}
            </ButtonLink>
          )}
        </span>
      ),
    },
  ];
  return (
    <Card title={words.deliveries} isFlush>
      <DataTable
        label={words.deliveries}
        columns={columns}
        rows={disclosures}
        idOf={({ id }) => id}
        dependencies={[format]}
        empty={
          <Empty icon="shield" title={words.noDeliveries}>
            {words.noDeliveriesHint}
          </Empty>
        }
      />
    </Card>
  );
}
