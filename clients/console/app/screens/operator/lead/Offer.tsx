/** The offer of a lead for immediate sale: what it is, or a form that makes it, once. */
import { useState } from "react";
import { graphql, useFragment } from "react-relay";
import { Button } from "../../../parts/Button.tsx";
import { Confirm } from "../../../parts/Dialog.tsx";
import { Field, FormLayout, Select } from "../../../parts/Field.tsx";
import { numberIn } from "../../../parts/filters.ts";
import { Card, Values } from "../../../parts/Page.tsx";
import { Points, Soft } from "../../../parts/Text.tsx";
import { toast } from "../../../parts/Toasts.tsx";
import { useMutation } from "../../../data/query.ts";
import { useFormat } from "../../../words/format.ts";
import type { OfferMode, OfferMutation } from "./__generated__/OfferMutation.graphql.ts";
import type { Offer_lead$key } from "./__generated__/Offer_lead.graphql.ts";
import { SOLD_KINDS, useLeadWords, type SoldKind } from "./words.ts";

const LEAD = graphql`
  fragment Offer_lead on Lead {
    id
    title
    offer {
      mode
      kind
      points
      placesLeft
    }
  }
`;

const MAKE = graphql`
  mutation OfferMutation($input: LeadOfferInput!) {
    leadOffer(input: $input) {
      lead {
        id
        offer {
          mode
          kind
          points
          placesLeft
        }
      }
      userErrors {
        code
        field
        message
      }
    }
  }
`;

export function Offer(props: { lead: Offer_lead$key; reread: () => void }) {
  const words = useLeadWords();
  const format = useFormat();
  const { id, title, offer } = useFragment(LEAD, props.lead);
  const kinds: Readonly<Record<string, string>> = words.kinds;
  const modes: Readonly<Record<string, string>> = words.modes;
  const [kind, setKind] = useState<SoldKind>("LEAD_CLUB");
  const [mode, setMode] = useState<OfferMode>("EXCLUSIVE");
  const [points, setPoints] = useState("");
  const [cap, setCap] = useState("3");
  const [make] = useMutation<OfferMutation>(MAKE);
  const price = numberIn(points);
  const places = mode === "EXCLUSIVE" ? 1 : numberIn(cap);
  if (offer) {
    return (
      <Card title={words.offer}>
        <Values
          items={[
            [words.mode, modes[offer.mode]],
            [words.kind, kinds[offer.kind]],
            [words.price, <Points key="price" value={offer.points} />],
            [words.placesLeft, format.number(offer.placesLeft)],
          ]}
        />
      </Card>
    );
  }
  return (
    <Card title={words.makeOffer}>
      <FormLayout>
        <Select
          label={words.mode}
          value={mode}
          onChange={(next) => setMode(next as OfferMode)}
          choices={Object.entries(words.modes).map(([one, label]) => ({ id: one, label }))}
        />
        {mode === "SHARED" && <Field label={words.cap} inputMode="numeric" value={cap} onChange={setCap} />}
        <Select label={words.kind} value={kind} onChange={(next) => setKind(next as SoldKind)} choices={SOLD_KINDS.map((one) => ({ id: one, label: words.kinds[one] }))} />
        <Field label={words.pricePerVendor} hint={words.priceHint} inputMode="numeric" value={points} onChange={setPoints} />
        <Confirm
          trigger={
            <Button icon="coins" isDisabled={price === null || !places}>
              {words.makeOffer}
            </Button>
          }
          title={words.offerThis(title)}
          action={words.makeOffer}
          costs={[
            { label: words.pricePerVendor, value: <Points value={price ?? 0} /> },
            { label: words.cap, value: format.number(places ?? 0) },
          ]}
          onConfirm={async () => {
            const { errors } = await make({ input: { leadId: id, kind, mode, points: price ?? 0, cap: places ?? 1 } });
            props.reread();
            if (errors[0]) return errors[0].message;
            toast(words.offered);
            return null;
          }}
        >
          {words.offerCosts}
        </Confirm>
        {(price === null || !places) && <Soft>{words.priceFirst}</Soft>}
      </FormLayout>
    </Card>
  );
}
