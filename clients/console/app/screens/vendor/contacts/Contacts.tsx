/** Contacts that the vendor has received: until when each can be complained about, and what became of it. */
import { useState } from "react";
import { Checkbox, Link, type Selection } from "react-aria-components";
import { graphql, useFragment } from "react-relay";
import { useLiveEvents, usePages, useQuery, useRereadAt, useTurn } from "../../../data/query.ts";
import { Button, ButtonLink } from "../../../parts/Button.tsx";
import { useComplaintWords } from "../../../parts/complaints.ts";
import { useContactWords } from "../../../parts/ContactCard.tsx";
import { Copyable } from "../../../parts/Copy.tsx";
import { Select } from "../../../parts/Field.tsx";
import { Filters, NoMatches } from "../../../parts/Filters.tsx";
import { useFilters } from "../../../parts/filters.ts";
import { Icon } from "../../../parts/Icon.tsx";
import { Card, Page } from "../../../parts/Page.tsx";
import { Empty } from "../../../parts/State.tsx";
import { DataTable, type Column } from "../../../parts/Table.tsx";
import { Countdown, DateTime, Points, Soft, UserText } from "../../../parts/Text.tsx";
import { VerdictLine } from "../../../parts/Verdict.tsx";
import { useCommon } from "../../../words/common.ts";
import { useFormat } from "../../../words/format.ts";
import classes from "./Contacts.module.css";
import type { ContactsPageQuery } from "./__generated__/ContactsPageQuery.graphql.ts";
import type { ContactsQuery } from "./__generated__/ContactsQuery.graphql.ts";
import type { Contacts_contact$key } from "./__generated__/Contacts_contact.graphql.ts";
import type { Contacts_list$data, Contacts_list$key } from "./__generated__/Contacts_list.graphql.ts";
import { useContactsWords } from "./words.ts";

const PAGE = 20;
const MOST = 100; // so that the address of the form stays short enough

const QUERY = graphql`
  query ContactsQuery($count: Int!, $cursor: Cursor, $filter: DeliveryFilter) {
    ...Contacts_list
  }
`;

const LIST = graphql`
  fragment Contacts_list on Query @refetchable(queryName: "ContactsPageQuery") {
    deliveries(first: $count, after: $cursor, filter: $filter) @connection(key: "Contacts_deliveries") {
      edges {
        node {
          id
          kind
          receivedAt
          points
          complaintUntil
          lead {
            id
            title
            contact {
              ...Contacts_contact
            }
          }
          complaintItem {
            id
            complaint {
              id
              number
            }
            decision {
              changesAt
              ...Verdict_line
            }
          }
          replacementFor {
            id
            lead {
              id
              title
            }
          }
        }
      }
    }
  }
`;

const CONTACT = graphql`
  fragment Contacts_contact on Contact {
    fullName
    email
    phone
  }
`;

type Delivery = NonNullable<Contacts_list$data["deliveries"]>["edges"][number]["node"];

const KINDS = ["APPLICATION", "LEAD_CLUB", "RECORD"] as const;
const DEFAULTS = { kind: "", ending: "" } as const;
const DAYS = ["1", "7", "14"] as const;

export default function Contacts() {
  const words = useContactsWords();
  const common = useCommon();
  const format = useFormat();
  const { kinds } = useComplaintWords();
  const [values, change, isFiltered] = useFilters(DEFAULTS);
  const kind = KINDS.find((one) => one === values.kind) ?? null;
  const ending = DAYS.find((one) => one === values.ending);
  const windowEndsWithinDays = ending ? Number(ending) : null;
  const [turn, reread] = useTurn();
  const found = useQuery<ContactsQuery>(QUERY, { count: PAGE, cursor: null, filter: { kind, windowEndsWithinDays } }, turn);
  return (
    <Page title={common.nav.contacts} lead={words.lead}>
      <Filters isFiltered={isFiltered} onClear={() => change(DEFAULTS)}>
        <Select
          label={words.kind}
          value={values.kind}
          onChange={(next) => change({ kind: next })}
          choices={[{ id: "", label: common.any }, ...KINDS.map((id) => ({ id, label: kinds[id] }))]}
        />
        <Select
          label={words.window}
          value={ending ?? ""}
          onChange={(next) => change({ ending: next })}
          choices={[{ id: "", label: common.any }, ...DAYS.map((id) => ({ id, label: format.plural(Number(id), words.upTo) }))]}
        />
      </Filters>
      <List found={found} isFiltered={isFiltered} reread={reread} clear={() => change(DEFAULTS)} />
    </Page>
  );
}

function List({ found, isFiltered, reread, clear }: { found: Contacts_list$key; isFiltered: boolean; reread: () => void; clear: () => void }) {
  const words = useContactsWords();
  const { kinds } = useComplaintWords();
  const common = useCommon();
  const format = useFormat();
  const { data, paging } = usePages<ContactsPageQuery, Contacts_list$key>(LIST, found, PAGE);
  const [selected, setSelected] = useState<Selection>(new Set<string>());
  const deliveries = (data.deliveries?.edges ?? []).map(({ node }) => node);
  const chosen = deliveries.filter(({ id }) => selected === "all" || selected.has(id)).slice(0, MOST);
  useLiveEvents(reread);
  useRereadAt(
    deliveries.flatMap(({ complaintUntil, complaintItem }) => [complaintUntil, complaintItem?.decision.changesAt]),
    reread,
  );
  const columns: Column<Delivery>[] = [
    {
      id: "choose",
      title: words.choose,
      isNarrow: true,
      render: ({ lead }) => (
        <Checkbox slot="selection" className={classes["check"]} aria-label={words.chooseOne(lead.title)}>
          <span className={classes["box"]}>
            <Icon name="check" size={14} />
          </span>
        </Checkbox>
      ),
    },
    {
      id: "lead",
      title: words.contact,
      isMain: true,
      render: ({ lead, replacementFor }) => (
        <span className={classes["lead"]}>
          <Link href={`/leads/${encodeURIComponent(lead.id)}`} className={classes["link"]}>
            <UserText>{lead.title}</UserText>
          </Link>
          {lead.contact ? <ContactLine contact={lead.contact} /> : <Soft>{words.closed}</Soft>}
          {replacementFor && (
            <Soft>
              {words.replaces} <UserText>{replacementFor.lead.title}</UserText>
            </Soft>
          )}
        </span>
      ),
    },
    {
      id: "received",
      title: words.received,
      render: ({ kind, receivedAt, points }) => (
        <span className={classes["cell"]}>
          <DateTime at={receivedAt} />
          <Soft>
            {kinds[kind]}, <Points value={points} />
          </Soft>
        </span>
      ),
    },
    {
      id: "until",
      title: words.until,
      render: ({ complaintUntil }) => (
        <span className={classes["cell"]}>
          <Countdown until={complaintUntil} past={common.over} />
          <Soft>
            <DateTime at={complaintUntil} />
          </Soft>
        </span>
      ),
    },
    {
      id: "complaint",
      title: words.complaint,
      render: ({ complaintItem }) =>
        complaintItem ? (
          <span className={classes["cell"]}>
            <Link href={`/complaints/${encodeURIComponent(complaintItem.complaint.id)}`}>{complaintItem.complaint.number}</Link>
            <VerdictLine decision={complaintItem.decision} />
          </span>
        ) : (
          <Soft>{words.noComplaint}</Soft>
        ),
    },
  ];
  const isEmpty = deliveries.length === 0;
  return (
    <>
      {!isEmpty && (
        <div className={classes["acts"]}>
          {chosen.length > 0 ? (
            <ButtonLink
              kind="primary"
              icon="scale"
              href={`/complaints/new?deliveries=${chosen.map(({ id }) => encodeURIComponent(id)).join(",")}`}
            >
              {words.complainAbout(format.plural(chosen.length, words.contacts))}
            </ButtonLink>
          ) : (
            <>
              <Button icon="scale" isDisabled>
                {words.complain}
              </Button>
              <Soft>{words.chooseFirst}</Soft>
            </>
          )}
          <ButtonLink kind="quiet" icon="file" href="/complaints/new">
            {words.byFile}
          </ButtonLink>
        </div>
      )}
      <Card isFlush>
        <DataTable
          label={common.nav.contacts}
          columns={columns}
          rows={deliveries}
          idOf={({ id }) => id}
          selected={selected === "all" ? "all" : new Set([...selected].map(String))}
          onSelect={setSelected}
          dependencies={[format]}
          paging={paging}
          empty={
            isFiltered ? (
              <NoMatches title={words.noneFound} clear={clear} />
            ) : (
              <Empty icon="users" title={words.none}>
                {words.noneHint}
              </Empty>
            )
          }
        />
      </Card>
    </>
  );
}

function ContactLine({ contact }: { contact: Contacts_contact$key }) {
  const { fullName, email, phone } = useFragment(CONTACT, contact);
  const words = useContactWords();
  return (
    <span className={classes["contact"]}>
      <Soft>
        <UserText>{fullName}</UserText>
      </Soft>
      {phone && <Copyable label={words.phone} value={phone} href={`tel:${phone}`} />}
      {email && <Copyable label={words.email} value={email} href={`mailto:${email}`} />}
    </span>
  );
}
