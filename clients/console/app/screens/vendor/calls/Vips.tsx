/** Callers whom the company, or one employee, treats in a special way: who they are, and adding, changing and removing them. */
import { graphql, useFragment } from "react-relay";
import { DialogTrigger } from "react-aria-components";
import { useMutation, usePages, useQuery, useTurn } from "../../../data/query.ts";
import { Button } from "../../../parts/Button.tsx";
import { Confirm, Dialog } from "../../../parts/Dialog.tsx";
import { Filters, FilterText, NoMatches } from "../../../parts/Filters.tsx";
import { useFilters } from "../../../parts/filters.ts";
import { Card, Page } from "../../../parts/Page.tsx";
import { Empty } from "../../../parts/State.tsx";
import { DataTable, type Column } from "../../../parts/Table.tsx";
import { Tag, type Tone } from "../../../parts/Tag.tsx";
import { Soft, UserText } from "../../../parts/Text.tsx";
import { toast } from "../../../parts/Toasts.tsx";
import { useCommon } from "../../../words/common.ts";
import { useFormat } from "../../../words/format.ts";
import { VipForm, type Vip } from "./VipForm.tsx";
import classes from "./Vips.module.css";
import type { VipsDeleteMutation } from "./__generated__/VipsDeleteMutation.graphql.ts";
import type { VipsPageQuery } from "./__generated__/VipsPageQuery.graphql.ts";
import type { VipsQuery } from "./__generated__/VipsQuery.graphql.ts";
import type { Vips_list$key } from "./__generated__/Vips_list.graphql.ts";
import type { Vips_row_contact$key } from "./__generated__/Vips_row_contact.graphql.ts";
import { useVipWords } from "./vipWords.ts";
import { useCompanyCallsWords } from "./words.ts";

const PAGE = 25;

const VIPS = graphql`
  query VipsQuery($count: Int!, $cursor: Cursor, $query: String) {
    secretariat {
      id
      askedFields {
        key
        label
      }
      employees(first: 100) {
        nodes {
          id
          displayName
        }
      }
      ...Vips_list
    }
  }
`;

const LIST = graphql`
  fragment Vips_list on Secretariat @refetchable(queryName: "VipsPageQuery") {
    vipCallers(first: $count, after: $cursor, query: $query) @connection(key: "Vips_vipCallers") {
      totalCount
      edges {
        node {
          id
          ...Vips_row_contact
        }
      }
    }
  }
`;

const ROW = graphql`
  fragment Vips_row_contact on VipCaller @relay(plural: true) {
    id
    version
    number
    block
    name
    note
    treatment
    waives
    employee {
      id
      displayName
    }
  }
`;

const DELETE = graphql`
  mutation VipsDeleteMutation($input: VipCallerDeleteInput!) {
    vipCallerDelete(input: $input) {
      vipCallerId
      userErrors {
        code
        field
        message
      }
    }
  }
`;

type Secretariat = NonNullable<VipsQuery["response"]["secretariat"]>;
const TONES: Readonly<Record<string, Tone>> = { PREFERRED: "good", NOTE_ONLY: "calm", UNWANTED: "bad" };
const DEFAULTS = { query: "" } as const;

export default function Vips() {
  const words = useVipWords();
  const calls = useCompanyCallsWords();
  const common = useCommon();
  const [values, change, isFiltered] = useFilters(DEFAULTS);
  const [turn, reread] = useTurn();
  const { secretariat } = useQuery<VipsQuery>(VIPS, { count: PAGE, query: values.query.trim() || null }, turn);
  const clear = (): void => change(DEFAULTS);
  return (
    <Page
      title={words.vips}
      lead={words.lead}
      back={{ href: "/calls", label: common.nav.calls }}
      actions={
        secretariat && (
          <DialogTrigger>
            <Button kind="primary" icon="plus">
              {words.add}
            </Button>
            <Dialog title={words.add}>
              {(close) => <VipForm fields={secretariat.askedFields} employees={secretariat.employees.nodes} close={close} reread={reread} />}
            </Dialog>
          </DialogTrigger>
        )
      }
    >
      {!secretariat ? (
        <Card>
          <Empty icon="phone" title={calls.noSecretariat}>
            {calls.noSecretariatHint}
          </Empty>
        </Card>
      ) : (
        <>
          <Filters isFiltered={isFiltered} onClear={clear}>
            <FilterText label={words.search} value={values.query} onChange={(query) => change({ query })} />
          </Filters>
          <List secretariat={secretariat} isFiltered={isFiltered} clear={clear} reread={reread} />
        </>
      )}
    </Page>
  );
}

function List(props: { secretariat: Secretariat; isFiltered: boolean; clear: () => void; reread: () => void }) {
  const words = useVipWords();
  const format = useFormat();
  const { secretariat, isFiltered, clear, reread } = props;
  const { data, paging } = usePages<VipsPageQuery, Vips_list$key>(LIST, secretariat, PAGE);
  const rows = useFragment<Vips_row_contact$key>(
    ROW,
    data.vipCallers.edges.map(({ node }) => node),
  );
  const labels = new Map(secretariat.askedFields.map(({ key, label }) => [key, label]));
  const columns: Column<Vip>[] = [
    {
      id: "name",
      title: words.who,
      isMain: true,
      isWide: true,
      render: ({ name, note, waives }) => (
        <span className={classes["who"]}>
          <strong>
            <UserText>{name}</UserText>
          </strong>
          {note && (
            <Soft>
              <UserText lines>{note}</UserText>
            </Soft>
          )}
          {waives.length > 0 && <Soft>{words.notAsked(waives.map((key) => labels.get(key) ?? key).join(", "))}</Soft>}
        </span>
      ),
    },
    {
      id: "number",
      title: words.number,
      render: ({ number, block }) => (
        <>
          <span className={classes["number"]}>{block ? `${number} …` : number}</span>
          {block && (
            <>
              <br />
              <Soft>{words.extensions}</Soft>
            </>
          )}
        </>
      ),
    },
    { id: "whose", title: words.whose, render: ({ employee }) => (employee ? <UserText>{employee.displayName}</UserText> : <Soft>{words.company}</Soft>) },
    { id: "treatment", title: words.treatment, render: ({ treatment }) => <Tag tone={TONES[treatment] ?? "calm"}>{words.treatments[treatment as keyof typeof words.treatments]}</Tag> },
    {
      id: "acts",
      title: words.acts,
      isNarrow: true,
      render: (vip) => <Acts vip={vip} secretariat={secretariat} reread={reread} />,
    },
  ];
  return (
    <Card isFlush>
      <DataTable
        label={words.vips}
        columns={columns}
        rows={rows}
        idOf={({ id }) => id}
        dependencies={[format, labels]}
        paging={{ ...paging, total: data.vipCallers.totalCount }}
        empty={
          isFiltered ? (
            <NoMatches title={words.noneFound} clear={clear} />
          ) : (
            <Empty icon="star" title={words.none}>
              {words.noneHint}
            </Empty>
          )
        }
      />
    </Card>
  );
}

function Acts({ vip, secretariat, reread }: { vip: Vip; secretariat: Secretariat; reread: () => void }) {
  const words = useVipWords();
  const [remove] = useMutation<VipsDeleteMutation>(DELETE);
  const { id, version, name } = vip;
  return (
    <span className={classes["acts"]}>
      <DialogTrigger>
        <Button isSmall aria-label={words.changeOf(name)}>
          {words.change}
        </Button>
        <Dialog title={words.changeOf(name)}>
          {(close) => <VipForm vip={vip} fields={secretariat.askedFields} employees={secretariat.employees.nodes} close={close} reread={reread} />}
        </Dialog>
      </DialogTrigger>
      <Confirm
        trigger={<Button isSmall kind="quiet" icon="close" aria-label={words.removeOf(name)} />}
        title={words.removeOf(name)}
        action={words.remove}
        isDangerous
        onConfirm={async () => {
          const { errors } = await remove({ input: { vipCallerId: id, expectedVersion: version } });
          reread();
          if (errors[0]) return errors[0].message;
          toast(words.removed(name));
          return null;
        }}
      >
        {words.removeCosts}
      </Confirm>
    </span>
  );
}
