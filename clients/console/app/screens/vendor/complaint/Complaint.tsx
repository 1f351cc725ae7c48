/** One complaint: the verdict on each row with its rule and evidence, the answer file, and the thread. */
import { graphql, useFragment } from "react-relay";
import { useLiveEvents, usePages, useQuery, useRereadAt, useTurn } from "../../../data/query.ts";
import { serverHref } from "../../../data/session.ts";
import { Button, ButtonLink } from "../../../parts/Button.tsx";
import { Bars } from "../../../parts/Chart.tsx";
import { COMPLAINT_TONES, useComplaintWords } from "../../../parts/complaints.ts";
import { Card, Columns, Page, Stack, Values } from "../../../parts/Page.tsx";
import { NotFound } from "../../../parts/State.tsx";
import { Tag } from "../../../parts/Tag.tsx";
import { Countdown, DateTime, UserText } from "../../../parts/Text.tsx";
import { Thread } from "../../../parts/Thread.tsx";
import { useCommon } from "../../../words/common.ts";
import { useParam } from "../../screen.ts";
import classes from "./Complaint.module.css";
import { Item } from "./Item.tsx";
import type { ComplaintItemsQuery } from "./__generated__/ComplaintItemsQuery.graphql.ts";
import type { ComplaintQuery } from "./__generated__/ComplaintQuery.graphql.ts";
import type { Complaint_complaint$key } from "./__generated__/Complaint_complaint.graphql.ts";
import type { Complaint_items$key } from "./__generated__/Complaint_items.graphql.ts";
import { useComplaintPageWords } from "./words.ts";

const PAGE = 15;

const QUERY = graphql`
  query ComplaintQuery($id: ID!, $count: Int!, $cursor: Cursor) {
    node(id: $id) {
      ...Complaint_complaint @alias(as: "complaint")
    }
  }
`;

const FRAGMENT = graphql`
  fragment Complaint_complaint on Complaint {
    id
    number
    complaintStatus: status
    submittedAt
    decideBy
    decidedAt
    escalatedAt
    placed {
      place
      title
      body
    }
    counts {
      total
      accepted
      rejected
      underReview
    }
    answerFile {
      id
      name
      url
    }
    ...Complaint_items
    ...Thread_complaint
  }
`;

const ITEMS = graphql`
  fragment Complaint_items on Complaint @refetchable(queryName: "ComplaintItemsQuery") {
    items(first: $count, after: $cursor) @connection(key: "Complaint_items") {
      edges {
        node {
          id
          ...Item_item
        }
      }
    }
  }
`;

export default function Complaint() {
  const [turn, reread] = useTurn();
  const { node } = useQuery<ComplaintQuery>(QUERY, { id: useParam("id"), count: PAGE, cursor: null }, turn);
  return node?.complaint ? <Found complaint={node.complaint} reread={reread} /> : <NotFound />;
}

function Found({ complaint, reread }: { complaint: Complaint_complaint$key; reread: () => void }) {
  const words = useComplaintPageWords();
  const { statuses, verdicts } = useComplaintWords();
  const common = useCommon();
  const found = useFragment(FRAGMENT, complaint);
  const { id, number, complaintStatus, submittedAt, decideBy, decidedAt, escalatedAt, placed, counts, answerFile } = found;
  useLiveEvents(({ subjectId }) => {
    if (subjectId === id) reread();
  });
  useRereadAt([decidedAt ? null : decideBy], reread);
  const told = placed[0];
  return (
    <Page title={words.title(number)} back={{ href: "/complaints", label: common.nav.complaints }}>
      <Columns
        side={
          <>
            <Card title={words.state} actions={<Tag tone={COMPLAINT_TONES[complaintStatus]}>{statuses[complaintStatus]}</Tag>}>
              <Stack>
                {told && (
                  <p className={classes["text"]}>
                    <strong>{told.title}</strong> <UserText>{told.body}</UserText>
                  </p>
                )}
                <Bars
                  label={words.state}
                  bars={[
                    { label: verdicts.ACCEPTED, value: counts.accepted, tone: "good" },
                    { label: verdicts.REJECTED, value: counts.rejected, tone: "bad" },
                    { label: verdicts.UNDER_REVIEW, value: counts.underReview, tone: "warn" },
                  ]}
                />
                <Values
                  items={[
                    [words.submitted, <DateTime key="submitted" at={submittedAt} />],
                    [words.decided, decidedAt && <DateTime key="decided" at={decidedAt} />],
                    [words.decideIn, decidedAt ? null : <Countdown key="due" until={decideBy} />],
                    [words.decideBy, decidedAt ? null : <DateTime key="by" at={decideBy} />],
                    [words.escalated, escalatedAt && <DateTime key="escalated" at={escalatedAt} />],
                  ]}
                />
                {answerFile ? (
                  <div>
                    <ButtonLink icon="file" href={serverHref(answerFile.url)} target="_blank" download>
                      {words.answerFile}
                    </ButtonLink>
                  </div>
                ) : (
                  <p className={classes["soft"]}>{words.noAnswerFile}</p>
                )}
              </Stack>
            </Card>
            <Thread
              complaint={found}
              own="vendor"
              names={{ operator: words.operator, vendor: words.you }}
              words={words}
              reread={reread}
            />
          </>
        }
      >
        <Items complaint={found} />
      </Columns>
    </Page>
  );
}

function Items({ complaint }: { complaint: Complaint_items$key }) {
  const common = useCommon();
  const { data, paging } = usePages<ComplaintItemsQuery, Complaint_items$key>(ITEMS, complaint, PAGE);
  return (
    <Stack>
      {data.items.edges.map(({ node }) => (
        <Item key={node.id} item={node} />
      ))}
      {paging.hasMore && (
        <Button isPending={paging.isLoading} onPress={paging.onMore}>
          {paging.isLoading ? common.loading : common.more}
        </Button>
      )}
    </Stack>
  );
}
