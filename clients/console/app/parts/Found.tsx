/** What public sources gave about a person and their organisation: each value with who says so, when, and how sure it is. */
import { graphql, useFragment } from "react-relay";
import { useMutation } from "../data/query.ts";
import { Button } from "./Button.tsx";
import { Confirm } from "./Dialog.tsx";
import { Keep } from "./Keep.tsx";
import classes from "./Known.module.css";
import { useKnownWords } from "./knownWords.ts";
import { Tag, type Tone } from "./Tag.tsx";
import { DateOnly, UserText } from "./Text.tsx";
import { toast } from "./Toasts.tsx";
import type { FoundForgetMutation } from "./__generated__/FoundForgetMutation.graphql.ts";
import type { Found_field_contact$data, Found_field_contact$key } from "./__generated__/Found_field_contact.graphql.ts";

const FIELD = graphql`
  fragment Found_field_contact on FoundField @relay(plural: true) {
    id
    kind
    about
    value
    url
    image
    source
    sourceUrl
    foundAt
    statedAt
    expiresAt
    confidence
    conflicting
    keptUntil
    attribution
  }
`;

const FORGET = graphql`
  mutation FoundForgetMutation($input: SmartDataForgetInput!) {
    smartDataForget(input: $input) {
      forgotten
      userErrors {
        code
        field
        message
      }
    }
  }
`;

type Field = Found_field_contact$data[number];

const TONES: Readonly<Record<Field["confidence"], Tone>> = { HIGH: "good", MEDIUM: "accent", LOW: "calm" };
const WEB = /^https?:\/\//i;

/** Returns a function that deletes what was found; it resolves with the refusal, or with null. */
export function useForget(): (input: FoundForgetMutation["variables"]["input"]) => Promise<string | null> {
  const [forget] = useMutation<FoundForgetMutation>(FORGET);
  return async (input) => {
    const { errors } = await forget({ input });
    return errors.length > 0 ? errors.map(({ message }) => message).join(" ") : null;
  };
}

export function FoundList(props: { found: Found_field_contact$key; reread: () => void }) {
  const words = useKnownWords();
  const found = useFragment(FIELD, props.found);
  return (["PERSON", "ORGANISATION"] as const).map((about) => {
    const fields = found.filter((field) => field.about === about);
    return (
      fields.length > 0 && (
        <section key={about}>
          <h3>{words.about[about]}</h3>
          <ul className={classes["found"]} aria-label={words.about[about]}>
            {fields.map((field) => (
              <Found key={field.id} field={field} reread={props.reread} />
            ))}
          </ul>
        </section>
      )
    );
  });
}

function Found({ field, reread }: { field: Field; reread: () => void }) {
  const words = useKnownWords();
  const forget = useForget();
  const kind = words.kinds[field.kind];
  const source = words.sources[field.source];
  const run = async (): Promise<string | null> => {
    const refusal = await forget({ fieldIds: [field.id] });
    if (refusal === null) {
      toast(words.forgotten);
      reread();
    }
    return refusal;
  };
  return (
    <li>
      <div className={classes["kind"]}>
        <span>{kind}</span>
        <Tag tone={TONES[field.confidence]}>{words.confidences[field.confidence]}</Tag>
        {field.conflicting && <Tag tone="warn">{words.conflicting}</Tag>}
      </div>
      <div className={classes["value"]}>
        {field.image ? (
          <img src={field.image} alt={kind} className={classes["image"]} />
        ) : field.url && WEB.test(field.url) ? (
          <Outside href={field.url}>{field.value}</Outside>
        ) : (
          <UserText lines>{field.value}</UserText>
        )}
      </div>
      <p className={classes["origin"]}>
        {field.sourceUrl && WEB.test(field.sourceUrl) ? <Outside href={field.sourceUrl}>{source}</Outside> : source}
        {" · "}
        {words.foundOn} <DateOnly at={field.foundAt} />
        {field.statedAt && (
          <>
            {" · "}
            {words.statedOn} <DateOnly at={field.statedAt} />
          </>
        )}
        {" · "}
        {field.keptUntil ? words.keptUntil : words.deletedOn} <DateOnly at={field.keptUntil ?? field.expiresAt} />
        {field.attribution && (
          <>
            {" · "}
            {field.attribution}
          </>
        )}
      </p>
      <div className={classes["deeds"]}>
        <Keep fieldIds={[field.id]} label={words.keep} name={words.one(words.keep, kind)} isSmall reread={reread} />
        <Confirm
          trigger={
            <Button kind="quiet" isSmall aria-label={words.one(words.forget, kind)}>
              {words.forget}
            </Button>
          }
          title={words.forgetTitle(kind)}
          action={words.forget}
          isDangerous
          onConfirm={run}
        >
          <p>{words.forgetHint}</p>
        </Confirm>
      </div>
    </li>
  );
}

/** A link that leaves the marketplace; the site is not told from where. */
function Outside({ href, children }: { href: string; children: string }) {
  return (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow">
      <UserText>{children}</UserText>
    </a>
  );
}
