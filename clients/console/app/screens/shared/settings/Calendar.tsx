/** The address from which the user's calendar program reads meetings and deadlines. */
import { useState } from "react";
import { graphql, useFragment } from "react-relay";
import { refusalOf } from "../../../data/network.ts";
import { useMutation } from "../../../data/query.ts";
import { Button } from "../../../parts/Button.tsx";
import { Copyable } from "../../../parts/Copy.tsx";
import { Confirm } from "../../../parts/Dialog.tsx";
import { Problems } from "../../../parts/Field.tsx";
import { Card, Stack, Values } from "../../../parts/Page.tsx";
import { DateTime, Soft } from "../../../parts/Text.tsx";
import { toast } from "../../../parts/Toasts.tsx";
import { useCommon } from "../../../words/common.ts";
import type { CalendarCreateMutation } from "./__generated__/CalendarCreateMutation.graphql.ts";
import type { CalendarRevokeMutation } from "./__generated__/CalendarRevokeMutation.graphql.ts";
import type { Calendar_viewer$key } from "./__generated__/Calendar_viewer.graphql.ts";
import { Secret } from "./Secret.tsx";
import classes from "./Settings.module.css";
import { useMessageWords } from "./messageWords.ts";

const VIEWER = graphql`
  fragment Calendar_viewer on Viewer {
    calendarFeed {
      createdAt
      lastReadAt
    }
  }
`;

const CREATE = graphql`
  mutation CalendarCreateMutation {
    calendarFeedCreate {
      feed {
        url
      }
      userErrors {
        code
        field
        message
      }
    }
  }
`;

const REVOKE = graphql`
  mutation CalendarRevokeMutation {
    calendarFeedRevoke {
      revoked
      userErrors {
        code
        field
        message
      }
    }
  }
`;

export function Calendar(props: { viewer: Calendar_viewer$key; reread: () => void }) {
  const words = useMessageWords();
  const common = useCommon();
  const { calendarFeed: feed } = useFragment(VIEWER, props.viewer);
  const [url, setUrl] = useState<string | null>(null);
  const [problems, setProblems] = useState<readonly string[]>([]);
  const [create, isCreating] = useMutation<CalendarCreateMutation>(CREATE);
  const [revoke] = useMutation<CalendarRevokeMutation>(REVOKE);

  const make = async (): Promise<string | null> => {
    const { response, errors } = await create({});
    if (errors[0]) return errors[0].message;
    setUrl(response.calendarFeedCreate?.feed?.url ?? null);
    props.reread();
    return null;
  };

  return (
    <Card title={words.calendar}>
      <Stack>
        <p>
          <Soft>{words.calendarHint}</Soft>
        </p>
        <Problems messages={problems} />
        {url && (
          <Secret title={words.calendarAddress} hint={words.calendarOnce} onDone={() => setUrl(null)}>
            <Copyable value={url} label={words.calendarAddress} />
          </Secret>
        )}
        {feed && (
          <Values
            items={[
              [words.made, <DateTime key="made" at={feed.createdAt} />],
              [words.lastRead, feed.lastReadAt ? <DateTime key="read" at={feed.lastReadAt} /> : words.neverRead],
            ]}
          />
        )}
        <div className={classes["acts"]}>
          {feed ? (
            <>
              <Confirm trigger={<Button isSmall>{words.newAddress}</Button>} title={words.newAddress} action={words.newAddress} onConfirm={make}>
                {words.newAddressCosts}
              </Confirm>
              <Confirm
                trigger={
                  <Button isSmall icon="close">
                    {words.revoke}
                  </Button>
                }
                title={words.revoke}
                action={words.revoke}
                isDangerous
                onConfirm={async () => {
                  const { errors } = await revoke({});
                  if (errors[0]) return errors[0].message;
                  setUrl(null);
                  toast(words.revoked);
                  props.reread();
                  return null;
                }}
              >
                {words.revokeCosts}
              </Confirm>
            </>
          ) : (
            <Button
              icon="plus"
              isPending={isCreating}
              onPress={() =>
                void make().then(
                  (refusal) => setProblems(refusal ? [refusal] : []),
                  (error: unknown) => setProblems([refusalOf(error) ?? common.unsureBody]),
                )
              }
            >
              {isCreating ? common.working : words.makeAddress}
            </Button>
          )}
        </div>
      </Stack>
    </Card>
  );
}
