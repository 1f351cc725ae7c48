/** Buying a lead at once, without an application. */
import { newKey } from "leadgate-client";
import { useRef } from "react";
import { graphql, useFragment } from "react-relay";
import { useMutation } from "../../../data/query.ts";
import { Button } from "../../../parts/Button.tsx";
import { Confirm } from "../../../parts/Dialog.tsx";
import { Card } from "../../../parts/Page.tsx";
import { Points } from "../../../parts/Text.tsx";
import { toast } from "../../../parts/Toasts.tsx";
import { useCommon } from "../../../words/common.ts";
import { useFormat } from "../../../words/format.ts";
import type { BuyMutation } from "./__generated__/BuyMutation.graphql.ts";
import type { Buy_account$key } from "./__generated__/Buy_account.graphql.ts";
import type { Buy_lead$key } from "./__generated__/Buy_lead.graphql.ts";
import classes from "./LeadPage.module.css";
import { TOO_FEW, TooFew } from "./TooFew.tsx";
import { useLeadWords } from "./words.ts";

const LEAD = graphql`
  fragment Buy_lead on Lead {
    id
    offer {
      points
      placesLeft
    }
  }
`;

const ACCOUNT = graphql`
  fragment Buy_account on Account {
    points
  }
`;

const BUY = graphql`
  mutation BuyMutation($input: LeadPurchaseInput!) {
    leadPurchase(input: $input) {
      delivery {
        id
        lead {
          id
          contact {
            ...ContactCard_contact
          }
          visibility {
            changesAt
            ...Verdict_decision
          }
        }
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

export function Buy(props: { lead: Buy_lead$key; account: Buy_account$key; reread: () => void }) {
  const { id, offer } = useFragment(LEAD, props.lead);
  const { points } = useFragment(ACCOUNT, props.account);
  const words = useLeadWords();
  const common = useCommon();
  const format = useFormat();
  const key = useRef(newKey());
  const [buy] = useMutation<BuyMutation>(BUY);
  if (!offer) return null;
  const confirm = async (): Promise<string | null> => {
    const { errors } = await buy({ input: { leadId: id, idempotencyKey: key.current } });
    key.current = newKey();
    if (errors.length > 0) {
      if (errors.some(({ code }) => code === TOO_FEW)) props.reread(); // the points have been spent elsewhere
      return errors.map(({ message }) => message).join(" ");
    }
    toast(words.bought);
    return null;
  };
  return (
    <Card title={words.buy}>
      <div className={classes["buy"]}>
        <p>{words.buyHint(format.number(offer.placesLeft))}</p>
        <Confirm
          trigger={
            <Button isDisabled={points < offer.points}>{words.buyFor(format.points(offer.points))}</Button>
          }
          title={words.buyTitle}
          costs={[
            { label: common.costs, value: <Points value={offer.points} /> },
            { label: common.remaining, value: <Points value={points - offer.points} /> },
          ]}
          action={words.buy}
          onConfirm={confirm}
        >
          <p>{words.buyOnce}</p>
        </Confirm>
        <TooFew cost={offer.points} points={points} />
      </div>
    </Card>
  );
}
