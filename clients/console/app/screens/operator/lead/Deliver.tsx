/** Delivers a lead to a vendor, who pays for it at once and sees the contact. */
import { newKey } from "leadgate-client";
import { useState } from "react";
import { graphql } from "react-relay";
import { useMutation } from "../../../data/query.ts";
import { AccountCombo } from "../../../parts/AccountCombo.tsx";
import { Button } from "../../../parts/Button.tsx";
import { Confirm } from "../../../parts/Dialog.tsx";
import { Field, FormLayout, Select } from "../../../parts/Field.tsx";
import { numberIn } from "../../../parts/filters.ts";
import { Card } from "../../../parts/Page.tsx";
import { Points, Soft } from "../../../parts/Text.tsx";
import { toast } from "../../../parts/Toasts.tsx";
import type { DeliverMutation } from "./__generated__/DeliverMutation.graphql.ts";
import { SOLD_KINDS, useLeadWords, type SoldKind } from "./words.ts";

const DELIVER = graphql`
  mutation DeliverMutation($input: LeadDeliverInput!) {
    leadDeliver(input: $input) {
      delivery {
        id
      }
      account {
        id
        points
        pointsOnHold
      }
      userErrors {
        code
        field
        message
      }
    }
  }
`;

export default function Deliver({ leadId, reread }: { leadId: string; reread: () => void }) {
  const words = useLeadWords();
  const [isOpen, setOpen] = useState(false);
  const [accountId, setAccountId] = useState("");
  const [kind, setKind] = useState<SoldKind>("LEAD_CLUB");
  const [points, setPoints] = useState("");
  const [key, setKey] = useState(newKey);
  const [deliver] = useMutation<DeliverMutation>(DELIVER);
  const price = numberIn(points);
  if (!isOpen) {
    return (
      <Card title={words.deliver}>
        <FormLayout>
          <Soft>{words.deliverHint}</Soft>
          <div>
            <Button icon="users" onPress={() => setOpen(true)}>
              {words.chooseVendor}
            </Button>
          </div>
        </FormLayout>
      </Card>
    );
  }
  return (
    <Card title={words.deliver}>
      <FormLayout>
        <AccountCombo label={words.account} value={accountId} onChange={setAccountId} />
        <Select label={words.kind} value={kind} onChange={(next) => setKind(next as SoldKind)} choices={SOLD_KINDS.map((one) => ({ id: one, label: words.kinds[one] }))} />
        <Field label={words.price} hint={words.priceHint} inputMode="numeric" value={points} onChange={setPoints} />
        <Confirm
          trigger={
            <Button icon="arrow" isDisabled={price === null || accountId === ""}>
              {words.deliver}
            </Button>
          }
          title={words.deliver}
          action={words.deliver}
          costs={[{ label: words.price, value: <Points value={price ?? 0} /> }]}
          onConfirm={async () => {
            const { errors } = await deliver({ input: { leadId, accountId, kind, points: price ?? 0, idempotencyKey: key } });
            setKey(newKey());
            reread();
            if (errors[0]) return errors[0].message;
            setOpen(false);
            toast(words.delivered);
            return null;
          }}
        >
          {words.deliverCosts}
        </Confirm>
        {(price === null || accountId === "") && <Soft>{words.vendorAndPriceFirst}</Soft>}
      </FormLayout>
    </Card>
  );
}
