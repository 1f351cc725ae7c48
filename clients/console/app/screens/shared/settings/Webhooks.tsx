/** The addresses that the events of an account are sent to: for its owners. */
import { useState, type FormEvent } from "react";
import { Form } from "react-aria-components";
import { graphql, useFragment } from "react-relay";
import { useKeyed } from "../../../data/keys.ts";
import { useMutation } from "../../../data/query.ts";
import { Button } from "../../../parts/Button.tsx";
import { Check } from "../../../parts/Check.tsx";
import { Copyable } from "../../../parts/Copy.tsx";
import { Confirm } from "../../../parts/Dialog.tsx";
import { Field, FormLayout, Problems, useSubmission } from "../../../parts/Field.tsx";
import { Card, Stack } from "../../../parts/Page.tsx";
import { Tag } from "../../../parts/Tag.tsx";
import { DateTime, Soft, UserText } from "../../../parts/Text.tsx";
import { toast } from "../../../parts/Toasts.tsx";
import { STATE_TONES, useDispatchWords } from "../../../parts/dispatches.ts";
import { useTemplates } from "../../../parts/templates.ts";
import { useCommon } from "../../../words/common.ts";
import { useFormat } from "../../../words/format.ts";
import { Secret } from "./Secret.tsx";
import classes from "./Settings.module.css";
import type { WebhookEvent, WebhooksCreateMutation } from "./__generated__/WebhooksCreateMutation.graphql.ts";
import type { WebhooksDeleteMutation } from "./__generated__/WebhooksDeleteMutation.graphql.ts";
import type { WebhooksReplayMutation } from "./__generated__/WebhooksReplayMutation.graphql.ts";
import type { WebhooksRotateMutation } from "./__generated__/WebhooksRotateMutation.graphql.ts";
import type { WebhooksTestMutation } from "./__generated__/WebhooksTestMutation.graphql.ts";
import type { WebhooksUpdateMutation } from "./__generated__/WebhooksUpdateMutation.graphql.ts";
import type { Webhooks_list$data, Webhooks_list$key } from "./__generated__/Webhooks_list.graphql.ts";
import { useWebhookWords } from "./webhookWords.ts";

const LIST = graphql`
  fragment Webhooks_list on Query {
    webhookEndpoints(first: 10) {
      nodes {
        id
        url
        events
        state
        failingSince
        secretRotatesUntil
        disabledBecause
        dispatches(first: 3) {
          nodes {
            id
            template
            state
            createdAt
            sentAt
            attempts {
              code
            }
          }
        }
      }
    }
  }
`;

const CREATE = graphql`
  mutation WebhooksCreateMutation($input: WebhookEndpointCreateInput!) {
    webhookEndpointCreate(input: $input) {
      endpoint {
        id
        url
      }
      secret
      userErrors {
        code
        field
        message
      }
    }
  }
`;

const UPDATE = graphql`
  mutation WebhooksUpdateMutation($input: WebhookEndpointUpdateInput!) {
    webhookEndpointUpdate(input: $input) {
      endpoint {
        id
        state
        disabledBecause
      }
      userErrors {
        code
        field
        message
      }
    }
  }
`;

const ROTATE = graphql`
  mutation WebhooksRotateMutation($input: WebhookSecretRotateInput!) {
    webhookSecretRotate(input: $input) {
      endpoint {
        id
        secretRotatesUntil
      }
      secret
      userErrors {
        code
        field
        message
      }
    }
  }
`;

const DELETE = graphql`
  mutation WebhooksDeleteMutation($input: WebhookEndpointDeleteInput!) {
    webhookEndpointDelete(input: $input) {
      userErrors {
        code
        field
        message
      }
    }
  }
`;

const TEST = graphql`
  mutation WebhooksTestMutation($input: WebhookTestInput!) {
    webhookTest(input: $input) {
      dispatch {
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

const REPLAY = graphql`
  mutation WebhooksReplayMutation($input: WebhookReplayInput!) {
    webhookReplay(input: $input) {
      count
      userErrors {
        code
        field
        message
      }
    }
  }
`;

type Endpoint = NonNullable<Webhooks_list$data["webhookEndpoints"]>["nodes"][number];
type Shown = { readonly url: string; readonly secret: string };
const WEEK_MS = 7 * 86_400_000;

export function Webhooks(props: { list: Webhooks_list$key; reread: () => void }) {
  const words = useWebhookWords();
  const { webhookEndpoints } = useFragment(LIST, props.list);
  const [shown, setShown] = useState<Shown | null>(null);
  const [isAdding, setAdding] = useState(false);
  const endpoints = webhookEndpoints?.nodes ?? [];
  return (
    <Card title={words.webhooks}>
      <Stack>
        <p>
          <Soft>{words.hint}</Soft>
        </p>
        {shown && (
          <Secret title={words.secretOf(shown.url)} hint={words.secretOnce} onDone={() => setShown(null)}>
            <Copyable value={shown.secret} label={words.secret} />
          </Secret>
        )}
        {endpoints.length > 0 && (
          <ul className={classes["items"]} aria-label={words.webhooks}>
            {endpoints.map((endpoint) => (
              <One key={endpoint.id} endpoint={endpoint} onSecret={(secret) => setShown(secret === null ? null : { url: endpoint.url, secret })} reread={props.reread} />
            ))}
          </ul>
        )}
        {isAdding ? (
          <Add
            onAdded={(added) => {
              setShown(added);
              setAdding(false);
              props.reread();
            }}
            onCancel={() => setAdding(false)}
          />
        ) : (
          <div>
            <Button icon="plus" onPress={() => setAdding(true)}>
              {words.add}
            </Button>
          </div>
        )}
      </Stack>
    </Card>
  );
}

function Add({ onAdded, onCancel }: { onAdded: (shown: Shown | null) => void; onCancel: () => void }) {
  const words = useWebhookWords();
  const common = useCommon();
  const [url, setUrl] = useState("https://");
  const all = Object.keys(words.events) as WebhookEvent[];
  const [events, setEvents] = useState<readonly WebhookEvent[]>(all);
  const { send, isSending, errors } = useSubmission<WebhooksCreateMutation>(CREATE, "url", "events");
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!errors.require({ url })) return;
    const response = await send((idempotencyKey) => ({ input: { url: url.trim(), events: [...events], idempotencyKey } }));
    const payload = response?.webhookEndpointCreate;
    if (payload?.endpoint && payload.secret == null) toast(words.secretLost, { tone: "bad" }); // a repeat is not told it
    if (payload?.endpoint) onAdded(payload.secret == null ? null : { url: payload.endpoint.url, secret: payload.secret });
  };
  return (
    <Form onSubmit={(event) => void submit(event)} validationBehavior="aria" className={classes["add"]}>
      <FormLayout>
        <Field label={words.address} hint={words.addressHint} type="url" value={url} onChange={setUrl} error={errors.of("url")} isRequired autoFocus />
        <fieldset className={classes["events"]}>
          <legend>{words.eventsLegend}</legend>
          {all.map((one) => (
            <Check
              key={one}
              isSelected={events.includes(one)}
              onChange={(isSelected) => setEvents(all.filter((each) => (each === one ? isSelected : events.includes(each))))}
            >
              {words.events[one as keyof typeof words.events]}
            </Check>
          ))}
        </fieldset>
        <Problems messages={[...errors.rest, ...(errors.of("events") ? [errors.of("events")!] : [])]} />
        <div className={classes["acts"]}>
          <Button type="submit" kind="primary" isPending={isSending} isDisabled={events.length === 0}>
            {isSending ? common.working : words.add}
          </Button>
          <Button onPress={onCancel}>{common.cancel}</Button>
          {events.length === 0 && <Soft>{words.oneEvent}</Soft>}
        </div>
      </FormLayout>
    </Form>
  );
}

function One({ endpoint, onSecret, reread }: { endpoint: Endpoint; onSecret: (secret: string | null) => void; reread: () => void }) {
  const words = useWebhookWords();
  const format = useFormat();
  const said = useDispatchWords();
  const { called } = useTemplates();
  const common = useCommon();
  const names: Readonly<Record<string, string>> = words.events;
  const { id, url, events, state, failingSince, secretRotatesUntil, disabledBecause, dispatches } = endpoint;
  const [update] = useMutation<WebhooksUpdateMutation>(UPDATE);
  const [rotate] = useMutation<WebhooksRotateMutation>(ROTATE);
  const [remove] = useMutation<WebhooksDeleteMutation>(DELETE);
  const [test, isTesting] = useMutation<WebhooksTestMutation>(TEST);
  const [replay] = useMutation<WebhooksReplayMutation>(REPLAY);
  const keyed = useKeyed();
  const isActive = state === "ACTIVE";

  /** Tells of a success, and reads the list again; returns the refusal for the dialog. */
  const done = (errors: readonly { readonly message: string }[], note: string, isWhole = true): string | null => {
    reread();
    if (errors[0]) return errors[0].message;
    if (isWhole) toast(note);
    return null;
  };
  const send = async (): Promise<void> => {
    try {
      const { errors } = await keyed("test", (idempotencyKey) => test({ input: { endpointId: id, idempotencyKey } }));
      const refusal = done(errors, words.tested);
      if (refusal) toast(refusal, { tone: "bad" });
    } catch {
      toast(common.unsureBody, { tone: "bad" }); // the next attempt has the same key
    }
  };
  return (
    <li className={classes["endpoint"]}>
      <div className={classes["line"]}>
        <strong>
          <UserText>{url}</UserText>
        </strong>
        <Tag tone={!isActive ? "calm" : failingSince ? "bad" : "good"}>{!isActive ? words.disabled : failingSince ? words.failing : words.active}</Tag>
      </div>
      <Soft>{events.map((one) => names[one] ?? one).join(", ")}</Soft>
      {disabledBecause && <Soft>{disabledBecause}</Soft>}
      {isActive && failingSince && (
        <Soft>
          {words.failingSince} <DateTime at={failingSince} />
        </Soft>
      )}
      {secretRotatesUntil && (
        <Soft>
          {words.oldSecretUntil} <DateTime at={secretRotatesUntil} />
        </Soft>
      )}
      {dispatches.nodes.length > 0 && (
        <ul className={classes["deliveries"]} aria-label={words.deliveries}>
          {dispatches.nodes.map(({ id: dispatchId, template, state: sent, createdAt, sentAt, attempts }) => {
            const code = attempts.at(-1)?.code;
            return (
              <li key={dispatchId}>
                <Tag tone={STATE_TONES[sent] ?? "calm"}>{said.states[sent]}</Tag> <span>{called(template)}</span>{" "}
                <Soft>
                  <DateTime at={sentAt ?? createdAt} />
                  {attempts.length > 0 && ` · ${format.plural(attempts.length, words.attempts)}`}
                  {code && ` · ${code}`}
                </Soft>
              </li>
            );
          })}
        </ul>
      )}
      <div className={classes["acts"]}>
        <Button isSmall isPending={isTesting} isDisabled={!isActive} onPress={() => void send()}>
          {words.test}
        </Button>
        <Confirm
          trigger={<Button isSmall>{words.rotate}</Button>}
          title={words.rotate}
          action={words.rotate}
          onConfirm={async () => {
            const { response, errors } = await keyed("rotate", (idempotencyKey) =>
              rotate({ input: { endpointId: id, overlapHours: 24, idempotencyKey } }),
            );
            const secret = response.webhookSecretRotate?.secret;
            if (secret) onSecret(secret);
            const refusal = done(errors, words.rotated, secret != null);
            return refusal ?? (secret == null ? words.secretLost : null);
          }}
        >
          {words.rotateCosts}
        </Confirm>
        {isActive && (
          <Confirm
            trigger={<Button isSmall>{words.replay}</Button>}
            title={words.replay}
            action={words.replay}
            onConfirm={async () => {
              const { response, errors } = await keyed("replay", (idempotencyKey, began) => {
                const period = { from: new Date(began - WEEK_MS).toISOString(), to: new Date(began).toISOString() };
                return replay({ input: { endpointId: id, period, onlyFailed: true, idempotencyKey } });
              });
              return done(errors, words.replayed(format.number(response.webhookReplay?.count ?? 0)));
            }}
          >
            {words.replayCosts}
          </Confirm>
        )}
        <Confirm
          trigger={<Button isSmall>{isActive ? words.disable : words.enable}</Button>}
          title={isActive ? words.disable : words.enable}
          action={isActive ? words.disable : words.enable}
          onConfirm={async () => {
            const { errors } = await update({ input: { endpointId: id, state: isActive ? "DISABLED" : "ACTIVE" } });
            return done(errors, isActive ? words.disabled : words.active);
          }}
        >
          {isActive ? words.disableCosts : words.enableCosts}
        </Confirm>
        <Confirm
          trigger={
            <Button isSmall icon="close">
              {words.delete}
            </Button>
          }
          title={words.delete}
          action={words.delete}
          isDangerous
          onConfirm={async () => {
            const { errors } = await remove({ input: { endpointId: id } });
            if (errors.length === 0) onSecret(null);
            return done(errors, words.deleted);
          }}
        >
          {words.deleteCosts}
        </Confirm>
      </div>
    </li>
  );
}
