/** What is publicly known about the person of an open contact, who says so, and until when it is kept. Nothing is searched until a user asks for it. */
import { graphql, useFragment } from "react-relay";
import { useKeyed } from "../data/keys.ts";
import { useLiveEvents, useMutation, useQuery, useRereadAt, useTurn, type Outcome } from "../data/query.ts";
import { useFrame } from "../frame/SignedIn.tsx";
import { useCommon } from "../words/common.ts";
import { useFormat } from "../words/format.ts";
import { Button } from "./Button.tsx";
import { Confirm } from "./Dialog.tsx";
import { FoundList, useForget } from "./Found.tsx";
import { Keep } from "./Keep.tsx";
import classes from "./Known.module.css";
import { useKnownWords } from "./knownWords.ts";
import { Card } from "./Page.tsx";
import { LastSearch, Running } from "./Searched.tsx";
import { Points, UserText } from "./Text.tsx";
import { toast } from "./Toasts.tsx";
import { Verdict } from "./Verdict.tsx";
import type { KnownQuery } from "./__generated__/KnownQuery.graphql.ts";
import type { KnownRefreshMutation } from "./__generated__/KnownRefreshMutation.graphql.ts";
import type { KnownSearchMutation } from "./__generated__/KnownSearchMutation.graphql.ts";
import type { KnownSwitchMutation } from "./__generated__/KnownSwitchMutation.graphql.ts";
import type { Known_account$data, Known_account$key } from "./__generated__/Known_account.graphql.ts";
import type { Known_lead_contact$data, Known_lead_contact$key } from "./__generated__/Known_lead_contact.graphql.ts";

const QUERY = graphql`
  query KnownQuery($id: ID!) {
    node(id: $id) {
      ...Known_lead_contact @alias(as: "lead")
    }
    viewer {
      account {
        ...Known_account
      }
    }
  }
`;

const LEAD = graphql`
  fragment Known_lead_contact on Lead {
    id
    contact {
      email
    }
    market {
      policy {
        parameters
      }
    }
    smartData {
      access {
        ruleId
        ...Verdict_decision
      }
      search {
        outcome
        changesAt
        ...Verdict_decision
      }
      running {
        askedAt
        ...Searched_running
      }
      last {
        ...Searched_last
      }
      found {
        id
        ...Found_field_contact
      }
    }
  }
`;

const ACCOUNT = graphql`
  fragment Known_account on Account {
    smartContactData {
      version
      roles
      searches
      keepFoundFor
      sources {
        source
        on
        tells
      }
    }
  }
`;

const SEARCH = graphql`
  mutation KnownSearchMutation($input: SmartDataSearchInput!) {
    smartDataSearch(input: $input) {
      search {
        id
        state
      }
      userErrors {
        code
        field
        message
      }
    }
  }
`;

const REFRESH = graphql`
  mutation KnownRefreshMutation($input: SmartDataRefreshInput!) {
    smartDataRefresh(input: $input) {
      search {
        id
        state
      }
      userErrors {
        code
        field
        message
      }
    }
  }
`;

const SWITCH = graphql`
  mutation KnownSwitchMutation($input: SmartDataSettingsUpdateInput!) {
    smartDataSettingsUpdate(input: $input) {
      settings {
        version
        on
      }
      userErrors {
        code
        field
        message
      }
    }
  }
`;

const OFF = "not_switched_on";
const MOST_KEPT = 100; // at once
const SEARCH_MS = 60_000; // an answer that takes longer is thrown away

type SmartData = NonNullable<Known_lead_contact$data["smartData"]>;
type Settings = NonNullable<Known_account$data["smartContactData"]>;

/** The message of a refusal for a dialog, null if it was done. */
const refused = ({ errors }: Outcome<unknown>): string | null =>
  errors.length > 0 ? errors.map(({ message }) => message).join(" ") : null;

export default function Known({ leadId }: { leadId: string }) {
  const [turn, reread] = useTurn();
  const { node, viewer } = useQuery<KnownQuery>(QUERY, { id: leadId }, turn);
  const lead = useFragment<Known_lead_contact$key>(LEAD, node?.lead ?? null);
  const account = useFragment<Known_account$key>(ACCOUNT, viewer?.account ?? null);
  const data = lead?.smartData;
  const settings = account?.smartContactData;
  useLiveEvents(({ kind, subjectId }) => (kind.startsWith("SMART_DATA") || subjectId === leadId) && reread());
  useRereadAt([data?.search?.changesAt, data?.running && new Date(Date.parse(data.running.askedAt) + SEARCH_MS).toISOString()], reread);
  if (!lead || !data || !settings) return null; // the contact is closed, or the viewer is nobody who may look it up
  return <Shown lead={lead} data={data} settings={settings} reread={reread} />;
}

interface ShownProps {
  readonly lead: Known_lead_contact$data;
  readonly data: SmartData;
  readonly settings: Settings;
  readonly reread: () => void;
}

function Shown({ lead, data, settings, reread }: ShownProps) {
  const words = useKnownWords();
  const isOwner = useFrame().role === "OWNER";
  const forget = useForget();
  const { access, search, running, last, found } = data;
  if (!search) {
    return (
      <Card title={words.title}>
        <div className={classes["known"]}>
          <Verdict decision={access} />
          <div className={classes["acts"]}>{access.ruleId === OFF && isOwner && <SwitchOn settings={settings} reread={reread} />}</div>
        </div>
      </Card>
    );
  }
  const ids = found.map(({ id }) => id);
  const forgetAll = async (): Promise<string | null> => {
    const refusal = await forget({ leadId: lead.id });
    if (refusal === null) {
      toast(words.forgotten);
      reread();
    }
    return refusal;
  };
  return (
    <Card title={words.title}>
      <div className={classes["known"]}>
        {running ? <Running search={running} sources={settings.sources.filter(({ on }) => on).length} reread={reread} /> : <Verdict decision={search} />}
        {last && <LastSearch search={last} />}
        {found.length > 0 && <FoundList found={found} reread={reread} />}
        <div className={classes["acts"]}>
          {!running && search.outcome === "OFFER" && <Ask lead={lead} settings={settings} reread={reread} isAgain={false} />}
          {!running && found.length > 0 && lead.contact?.email && <Ask lead={lead} settings={settings} reread={reread} isAgain />}
          {found.length > 0 && found.length <= MOST_KEPT && <Keep fieldIds={ids} label={words.keepAll} reread={reread} />}
          {found.length > 0 && (
            <Confirm trigger={<Button>{words.forgetAll}</Button>} title={words.forgetAllTitle} action={words.forgetAll} isDangerous onConfirm={forgetAll}>
              <p>{words.forgetHint}</p>
            </Confirm>
          )}
        </div>
      </div>
    </Card>
  );
}

/** Searches, or searches again after the user has looked at the address: with what it costs, the limit, and whom it tells what. */
function Ask({ lead, settings, reread, isAgain }: Omit<ShownProps, "data"> & { isAgain: boolean }) {
  const words = useKnownWords();
  const common = useCommon();
  const format = useFormat();
  const [search] = useMutation<KnownSearchMutation>(SEARCH);
  const [refresh] = useMutation<KnownRefreshMutation>(REFRESH);
  const keyed = useKeyed();
  const numbers = numbersOf(lead.market.policy.parameters);
  const email = lead.contact?.email ?? "";
  const run = async (): Promise<string | null> => {
    const refusal = isAgain
      ? refused(await keyed(`refresh ${email}`, (idempotencyKey) => refresh({ input: { leadId: lead.id, checkedEmail: email, idempotencyKey } })))
      : refused(await keyed("search", (idempotencyKey) => search({ input: { leadId: lead.id, idempotencyKey } })));
    reread();
    return refusal;
  };
  return (
    <Confirm
      trigger={
        <Button kind={isAgain ? "secondary" : "primary"} icon={isAgain ? "reload" : "search"}>
          {isAgain ? words.refresh : words.search}
        </Button>
      }
      title={isAgain ? words.refreshTitle : words.searchTitle}
      costs={[
        {
          label: common.costs,
          value: numbers.cost > 0 ? (
            <>
              <Points value={numbers.cost} />, {words.onlyIfFound}
            </>
          ) : (
            words.free
          ),
        },
        { label: words.searchesLabel, value: words.searchesOf(format.number(settings.searches), format.number(numbers.most)) },
        { label: words.keptFor, value: format.period(settings.keepFoundFor) },
      ]}
      action={isAgain ? words.refreshAction : words.search}
      onConfirm={run}
    >
      {isAgain ? (
        <>
          <p>{words.checkAddress}</p>
          <p className={classes["address"]}>
            <UserText>{email}</UserText>
          </p>
        </>
      ) : (
        <>
          <p>{words.searchHint}</p>
          <ul className={classes["told"]}>
            {settings.sources
              .filter(({ on }) => on)
              .map(({ source, tells }) => (
                <li key={source}>
                  <strong>{words.sources[source]}</strong> {tells}
                </li>
              ))}
          </ul>
        </>
      )}
    </Confirm>
  );
}

/** The points of a search that finds something, and how many an account may make in an hour: numbers of the market's policy. */
function numbersOf(parameters: unknown): { readonly cost: number; readonly most: number } {
  const { smart_data: area } = parameters as { smart_data: { points_a_hit: number; searches_an_hour: number } };
  return { cost: area.points_a_hit, most: area.searches_an_hour };
}

/** For owners, who accept who is controller and who is processor. */
function SwitchOn({ settings, reread }: { settings: Settings; reread: () => void }) {
  const words = useKnownWords();
  const [update] = useMutation<KnownSwitchMutation>(SWITCH);
  const run = async (): Promise<string | null> => {
    const refusal = refused(await update({ input: { expectedVersion: settings.version, on: true, acceptsRoles: true } }));
    reread();
    return refusal;
  };
  return (
    <Confirm trigger={<Button>{words.switchOn}</Button>} title={words.switchTitle} action={words.switchAction} onConfirm={run}>
      <p>{settings.roles}</p>
    </Confirm>
  );
}
