/** Which messages are sent to the user, by subject and way; what cannot be switched off says why. */
import { useState } from "react";
import { graphql, useFragment } from "react-relay";
import { refusalOf } from "../../../data/network.ts";
import { useMutation } from "../../../data/query.ts";
import { Check } from "../../../parts/Check.tsx";
import { useDispatchWords } from "../../../parts/dispatches.ts";
import { Problems } from "../../../parts/Field.tsx";
import { Icon } from "../../../parts/Icon.tsx";
import { Card, Stack } from "../../../parts/Page.tsx";
import { Hidden, Soft } from "../../../parts/Text.tsx";
import { toast } from "../../../parts/Toasts.tsx";
import { useCommon } from "../../../words/common.ts";
import classes from "./Preferences.module.css";
import type { PreferencesMutation } from "./__generated__/PreferencesMutation.graphql.ts";
import type { Preferences_viewer$data, Preferences_viewer$key } from "./__generated__/Preferences_viewer.graphql.ts";
import { useMessageWords } from "./messageWords.ts";

const VIEWER = graphql`
  fragment Preferences_viewer on Viewer {
    notificationPreferences {
      group
      channel
      on
      switchable
      reason
    }
  }
`;

const SET = graphql`
  mutation PreferencesMutation($input: NotificationPreferenceSetInput!) {
    notificationPreferenceSet(input: $input) {
      preference {
        group
        channel
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

type Preference = Preferences_viewer$data["notificationPreferences"][number];

const distinct = <T,>(values: readonly T[]): T[] => [...new Set(values)];

export function Preferences(props: { viewer: Preferences_viewer$key; reread: () => void }) {
  const words = useMessageWords();
  const common = useCommon();
  const { channels } = useDispatchWords();
  const { notificationPreferences: all } = useFragment(VIEWER, props.viewer);
  const [set, isSaving] = useMutation<PreferencesMutation>(SET);
  const [pending, setPending] = useState<Preference | null>(null); // shown until the server's answer has been read
  const [problems, setProblems] = useState<readonly string[]>([]);
  const ways = distinct(all.map(({ channel }) => channel));
  const groups = distinct(all.map(({ group }) => group));
  const reasons = distinct(all.flatMap(({ reason }) => (reason ? [reason] : [])));
  const isThis = (one: Preference | null, { group, channel }: Preference): boolean => one?.group === group && one.channel === channel;

  const change = async (preference: Preference, on: boolean): Promise<void> => {
    setPending({ ...preference, on });
    try {
      const { errors } = await set({ input: { group: preference.group, channel: preference.channel, on } });
      setProblems(errors.map(({ message }) => message));
      if (errors.length > 0) setPending(null);
      else toast(words.saved);
      props.reread();
    } catch (error) {
      setPending(null);
      setProblems([refusalOf(error) ?? common.unsureBody]);
    }
  };

  if (all.length === 0) return null;
  return (
    <Card title={words.messages}>
      <Stack>
        <p>
          <Soft>{words.messagesHint}</Soft>
        </p>
        <Problems messages={problems} />
        <div className={classes["frame"]}>
          <table className={classes["table"]}>
            <thead>
              <tr>
                <th scope="col">
                  <Hidden>{words.subject}</Hidden>
                </th>
                {ways.map((channel) => (
                  <th key={channel} scope="col">
                    {channels[channel]}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {groups.map((group) => (
                <tr key={group}>
                  <th scope="row">{words.groups[group]}</th>
                  {ways.map((channel) => {
                    const one = all.find((preference) => preference.group === group && preference.channel === channel);
                    return (
                      <td key={channel}>
                        {!one ? (
                          <Soft>–</Soft>
                        ) : one.switchable ? (
                          <Check
                            label={`${words.groups[group]}: ${channels[channel]}`}
                            isSelected={isThis(pending, one) ? pending!.on : one.on}
                            isDisabled={isSaving}
                            onChange={(on) => void change(one, on)}
                          />
                        ) : (
                          <span className={classes["always"]}>
                            <Icon name="lock" size={16} />
                            <span>{words.always}</span>
                          </span>
                        )}
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        {reasons.map((reason) => (
          <p key={reason} className={classes["reason"]}>
            <Icon name="lock" size={16} />
            <span>
              {words.always}: {reason}
            </span>
          </p>
        ))}
      </Stack>
    </Card>
  );
}
