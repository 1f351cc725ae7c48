/** Publishing a draft: its version, from when it takes effect, and the typed name to confirm. */
import { useRouter } from "@tanstack/react-router";
import { useState } from "react";
import { DialogTrigger, Form } from "react-aria-components";
import { graphql } from "react-relay";
import { clock } from "../../../data/clock.ts";
import { Button } from "../../../parts/Button.tsx";
import { Dialog } from "../../../parts/Dialog.tsx";
import { Field, FormLayout, Problems, useSubmission } from "../../../parts/Field.tsx";
import { Card } from "../../../parts/Page.tsx";
import { Soft } from "../../../parts/Text.tsx";
import { toast } from "../../../parts/Toasts.tsx";
import { useCommon } from "../../../words/common.ts";
import { usePreferences } from "../../../words/language.ts";
import { instantIn } from "../../../words/zones.ts";
import { Changes } from "./Changes.tsx";
import type { Checked } from "./Check.tsx";
import classes from "./NewPolicy.module.css";
import type { Parameters, PolicyDraft } from "./draft.ts";
import type { PolicyPublishMutation } from "./__generated__/PolicyPublishMutation.graphql.ts";
import { usePolicyWords } from "./words.ts";

const PUBLISH = graphql`
  mutation PolicyPublishMutation($input: PolicyPublishInput!) {
    policyPublish(input: $input) {
      policy {
        id
        version
        marketCode
        effectiveFrom
      }
      userErrors {
        code
        field
        message
      }
    }
  }
`;

interface PolicyPublishProps {
  readonly market: string;
  readonly parameters: Parameters;
  /** The market's latest version, with which the draft was compared. */
  readonly latest: string;
  readonly checked: Checked;
  readonly draft: PolicyDraft;
  readonly set: (changes: Partial<PolicyDraft>) => void;
  readonly reread: () => void;
  readonly onPublished: () => void;
}

export function PolicyPublish({ market, parameters, latest, checked, draft, set, reread, onPublished }: PolicyPublishProps) {
  const words = usePolicyWords();
  const common = useCommon();
  const router = useRouter();
  const { timeZone } = usePreferences();
  const [isOpen, setOpen] = useState(false);
  const [typed, setTyped] = useState("");
  const { send, isSending, errors } = useSubmission<PolicyPublishMutation>(PUBLISH, "version", "effectiveFrom", "expectedLatestVersion");
  const conflict = errors.of("expectedLatestVersion");
  const why = !checked.isGood ? words.checkFirst : draft.version.trim() === "" ? words.nameFirst : null;

  const publish = async (): Promise<void> => {
    const effectiveFrom = (draft.effective && instantIn(timeZone, draft.effective)) || new Date(clock.now()).toISOString();
    const input = { draft: { market, parameters }, version: draft.version.trim(), effectiveFrom, expectedLatestVersion: latest };
    const response = await send((idempotencyKey) => ({ input: { ...input, idempotencyKey } }));
    setOpen(false);
    setTyped("");
    const policy = response?.policyPublish?.policy;
    if (!policy) return;
    onPublished();
    toast(words.published(policy.version));
    setTimeout(() => void router.navigate({ to: "/policies", search: { market, to: policy.version } })); // after the draft is seen to be empty
  };

  return (
    <Card title={words.publish}>
      <FormLayout>
        <Field
          label={words.versionName}
          hint={words.versionHint}
          value={draft.version}
          onChange={(version) => set({ version })}
          error={errors.of("version")}
          maxLength={64}
          autoComplete="off"
        />
        <Field
          label={words.effectiveFrom}
          hint={words.effectiveHint}
          type="datetime-local"
          value={draft.effective}
          onChange={(effective) => set({ effective })}
          error={errors.of("effectiveFrom")}
        />
        {conflict && (
          <>
            <Problems messages={[conflict]} />
            <Soft>{words.kept}</Soft>
            <Button
              onPress={() => {
                errors.set([]);
                reread();
              }}
            >
              {words.compareAgain}
            </Button>
          </>
        )}
        <Problems messages={errors.rest} />
        <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
          <Button kind="primary" isDisabled={why !== null}>
            {words.publishIt}
          </Button>
          <Dialog title={words.publishTitle(draft.version)} role="alertdialog">
            {(close) => (
              <Form
                className={classes["confirm"] ?? ""}
                validationBehavior="aria"
                onSubmit={(event) => {
                  event.preventDefault();
                  if (typed === draft.version.trim()) void publish();
                }}
              >
                <p>{words.publishCosts}</p>
                <Changes label={words.differences} changes={checked.answer?.changes ?? []} />
                <Field label={words.typeName(draft.version.trim())} value={typed} onChange={setTyped} autoFocus autoComplete="off" />
                <footer className={classes["footer"]}>
                  <Button onPress={close}>{common.cancel}</Button>
                  <Button type="submit" kind="primary" isPending={isSending} isDisabled={typed !== draft.version.trim()}>
                    {isSending ? common.working : words.publishIt}
                  </Button>
                </footer>
              </Form>
            )}
          </Dialog>
        </DialogTrigger>
        {why && <Soft>{why}</Soft>}
      </FormLayout>
    </Card>
  );
}
