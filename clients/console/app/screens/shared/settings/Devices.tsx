/** The devices that get the user's push messages. */
import { graphql, useFragment } from "react-relay";
import { useMutation } from "../../../data/query.ts";
import { Button } from "../../../parts/Button.tsx";
import { Confirm } from "../../../parts/Dialog.tsx";
import { Card } from "../../../parts/Page.tsx";
import { DateTime, Soft, UserText } from "../../../parts/Text.tsx";
import { toast } from "../../../parts/Toasts.tsx";
import type { DevicesRemoveMutation } from "./__generated__/DevicesRemoveMutation.graphql.ts";
import type { Devices_viewer$key } from "./__generated__/Devices_viewer.graphql.ts";
import classes from "./Settings.module.css";
import { useMessageWords } from "./messageWords.ts";

const VIEWER = graphql`
  fragment Devices_viewer on Viewer {
    devices {
      id
      kind
      name
      createdAt
      lastAcceptedAt
    }
  }
`;

const REMOVE = graphql`
  mutation DevicesRemoveMutation($input: DeviceRemoveInput!) {
    deviceRemove(input: $input) {
      removed
      userErrors {
        code
        field
        message
      }
    }
  }
`;

export function Devices(props: { viewer: Devices_viewer$key; reread: () => void }) {
  const words = useMessageWords();
  const { devices } = useFragment(VIEWER, props.viewer);
  const [remove] = useMutation<DevicesRemoveMutation>(REMOVE);
  return (
    <Card title={words.devices}>
      {devices.length === 0 ? (
        <Soft>{words.noDevices}</Soft>
      ) : (
        <ul className={classes["items"]} aria-label={words.devices}>
          {devices.map(({ id, kind, name, createdAt, lastAcceptedAt }) => (
            <li key={id}>
              <span>
                <strong>
                  <UserText>{name}</UserText>
                </strong>{" "}
                <Soft>{words.kinds[kind]}</Soft>
                <br />
                <Soft>
                  {words.registered} <DateTime at={createdAt} /> · {lastAcceptedAt ? words.lastMessage : words.noMessageYet}{" "}
                  {lastAcceptedAt && <DateTime at={lastAcceptedAt} />}
                </Soft>
              </span>
              <Confirm
                trigger={
                  <Button isSmall icon="close">
                    {words.remove}
                  </Button>
                }
                title={words.removeDevice(name)}
                action={words.remove}
                isDangerous
                onConfirm={async () => {
                  const { errors } = await remove({ input: { deviceId: id } });
                  if (errors[0]) return errors[0].message;
                  toast(words.removed);
                  props.reread();
                  return null;
                }}
              >
                {words.removeCosts}
              </Confirm>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
