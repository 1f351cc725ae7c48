/** Who received whose data, on which basis, and whether the person was told. */
import { Link } from "react-aria-components";
import { graphql } from "react-relay";
import { usePages, useQuery } from "../../../data/query.ts";
import { useCategoryWords } from "../../../parts/categories.ts";
import { NOTICE_TONES, useDisclosureWords } from "../../../parts/disclosures.ts";
import { Select } from "../../../parts/Field.tsx";
import { Filters, NoMatches } from "../../../parts/Filters.tsx";
import { choiceIn, useFilters } from "../../../parts/filters.ts";
import { Card, Page } from "../../../parts/Page.tsx";
import { Empty } from "../../../parts/State.tsx";
import { DataTable, type Column } from "../../../parts/Table.tsx";
import { Tag } from "../../../parts/Tag.tsx";
import { DateTime, Soft, UserText } from "../../../parts/Text.tsx";
import { VerdictLine } from "../../../parts/Verdict.tsx";
import { useCommon } from "../../../words/common.ts";
import { useFormat } from "../../../words/format.ts";
import type { RegisterPageQuery } from "./__generated__/RegisterPageQuery.graphql.ts";
import type { RegisterQuery } from "./__generated__/RegisterQuery.graphql.ts";
import type { Register_list$data, Register_list$key } from "./__generated__/Register_list.graphql.ts";
import { useRegisterWords } from "./words.ts";

const PAGE = 25;

const REGISTER = graphql`
  query RegisterQuery($count: Int!, $cursor: Cursor, $basis: DisclosureBasis, $noticeState: DisclosureNoticeState) {
    ...Register_list
  }
`;

const LIST = graphql`
  fragment Register_list on Query @refetchable(queryName: "RegisterPageQuery") {
    disclosures(first: $count, after: $cursor, basis: $basis, noticeState: $noticeState) @connection(key: "Register_disclosures") {
      totalCount
      edges {
        node {
          id
          at
          basis
          categories
          noticeState
          vendor {
            name
          }
          lead {
            id
            title
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
  }
`;

type Disclosure = NonNullable<Register_list$data["disclosures"]>["edges"][number]["node"];
const DEFAULTS = { basis: "", notice: "" } as const;

export default function Register() {
  const words = useRegisterWords();
  const said = useDisclosureWords();
  const common = useCommon();
  const [values, change, isFiltered] = useFilters(DEFAULTS);
  const basis = choiceIn(values.basis, said.bases);
  const noticeState = choiceIn(values.notice, said.notices);
  const found = useQuery<RegisterQuery>(REGISTER, { count: PAGE, cursor: null, basis, noticeState });
  return (
    <Page title={common.nav.register} lead={words.lead}>
      <Filters isFiltered={isFiltered} onClear={() => change(DEFAULTS)}>
        <Select
          label={words.basis}
          value={values.basis}
          onChange={(next) => change({ basis: next })}
          choices={[{ id: "", label: common.any }, ...Object.entries(said.bases).map(([id, label]) => ({ id, label }))]}
        />
        <Select
          label={words.notice}
          value={values.notice}
          onChange={(next) => change({ notice: next })}
          choices={[{ id: "", label: common.any }, ...Object.entries(said.notices).map(([id, label]) => ({ id, label }))]}
        />
      </Filters>
      <List found={found} isFiltered={isFiltered} clear={() => change(DEFAULTS)} />
    </Page>
  );
}

function List({ found, isFiltered, clear }: { found: Register_list$key; isFiltered: boolean; clear: () => void }) {
  const words = useRegisterWords();
  const said = useDisclosureWords();
  const names = useCategoryWords();
  const common = useCommon();
  const format = useFormat();
  const { data, paging } = usePages<RegisterPageQuery, Register_list$key>(LIST, found, PAGE);
  const columns: Column<Disclosure>[] = [
    {
      id: "vendor",
      title: words.who,
      isMain: true,
      render: ({ vendor, lead }) => (
        <span>
          <strong>
            <UserText>{vendor.name}</UserText>
          </strong>
          <br />
          {lead ? (
            <Link href={`/leads/${encodeURIComponent(lead.id)}`}>
              <UserText>{lead.title}</UserText>
            </Link>
          ) : (
            <Soft>{words.erased}</Soft>
          )}
        </span>
      ),
    },
    { id: "basis", title: words.basis, render: ({ basis }) => said.bases[basis] },
    { id: "what", title: words.what, render: ({ categories }) => categories.map((one) => names[one]).join(", ") },
    {
      id: "notice",
      title: words.notice,
      render: ({ noticeState, notice }) => (
        <span>
          <Tag tone={NOTICE_TONES[noticeState] ?? "calm"}>{said.notices[noticeState]}</Tag>
          {notice && (
            <>
              <br />
              <Link href={`/outbox/${encodeURIComponent(notice.id)}`}>{words.theNotice}</Link>
            </>
          )}
        </span>
      ),
    },
    { id: "why", title: common.why, isWide: true, render: ({ decision }) => <VerdictLine decision={decision} /> },
    { id: "at", title: words.at, render: ({ at }) => <DateTime at={at} /> },
  ];
  return (
    <Card isFlush>
      <DataTable
        label={common.nav.register}
        columns={columns}
        rows={(data.disclosures?.edges ?? []).map(({ node }) => node)}
        idOf={({ id }) => id}
        dependencies={[format]}
        paging={{ ...paging, total: data.disclosures?.totalCount ?? null }}
        empty={
          isFiltered ? (
            <NoMatches title={words.noneFound} clear={clear} />
          ) : (
            <Empty icon="shield" title={words.none}>
              {words.noneHint}
            </Empty>
          )
        }
      />
    </Card>
  );
}
