/** Publishing a request: the text that all companies read, and the contact data that the rules keep closed. */
import { useState, type FormEvent } from "react";
import { Form } from "react-aria-components";
import { graphql } from "react-relay";
import { useUnsaved } from "../../../data/build.ts";
import { useDraft } from "../../../data/drafts.ts";
import { useFrame } from "../../../frame/SignedIn.tsx";
import { Button, ButtonLink } from "../../../parts/Button.tsx";
import { Field, FormLayout, Problems, Select, useSubmission } from "../../../parts/Field.tsx";
import { numberIn } from "../../../parts/filters.ts";
import { Card, Columns, Page, Stack } from "../../../parts/Page.tsx";
import { toast } from "../../../parts/Toasts.tsx";
import { useCommon } from "../../../words/common.ts";
import classes from "./Publish.module.css";
import type { Channel, PublishMutation } from "./__generated__/PublishMutation.graphql.ts";
import { usePublishWords } from "./words.ts";

const PUBLISH = graphql`
  mutation PublishMutation($input: LeadPublishInput!) {
    leadPublish(input: $input) {
      lead {
        id
        title
      }
      userErrors {
        code
        field
        message
      }
    }
  }
`;

const CHANNELS = ["PHONE", "EMAIL", "CHAT", "VIDEO_MEETING"] as const satisfies readonly Channel[];
const FIELDS = [
  "title",
  "brief",
  "category",
  "city",
  "country",
  "budgetMin",
  "budgetMax",
  "fullName",
  "organisation",
  "email",
  "phone",
  "preferredChannel",
] as const;

export default function Publish() {
  const words = usePublishWords();
  const common = useCommon();
  const { viewer } = useFrame();
  const [title, setTitle] = useDraft("publish:title");
  const [brief, setBrief] = useDraft("publish:brief");
  const [category, setCategory] = useState("");
  const [city, setCity] = useState("");
  const [country, setCountry] = useState("");
  const [budgetMin, setBudgetMin] = useState("");
  const [budgetMax, setBudgetMax] = useState("");
  const [fullName, setFullName] = useState(viewer.user.name);
  const [organisation, setOrganisation] = useState("");
  const [email, setEmail] = useState(viewer.user.email);
  const [phone, setPhone] = useState("");
  const [channel, setChannel] = useState<Channel>("EMAIL");
  const [published, setPublished] = useState<string | null>(null);
  const { send, isSending, errors } = useSubmission<PublishMutation>(PUBLISH, ...FIELDS);
  useUnsaved(published === null && (title !== "" || brief !== ""));

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!errors.require({ title, brief, category, country, fullName })) return;
    const contact = {
      fullName,
      preferredChannel: channel,
      organisation: organisation.trim() || null,
      email: email.trim() || null,
      phone: phone.trim() || null,
    };
    const input = {
      title,
      brief,
      category,
      country: country.trim().toUpperCase(),
      city: city.trim() || null,
      budgetMin: numberIn(budgetMin),
      budgetMax: numberIn(budgetMax),
      contact,
    };
    if (!(await send((idempotencyKey) => ({ input: { ...input, idempotencyKey } })))) return;
    setPublished(title);
    setTitle("");
    setBrief("");
    toast(words.published);
  };

  if (published !== null) {
    return (
      <Page title={words.published} lead={published} back={{ href: "/leads", label: common.nav.myLeads }}>
        <Card>
          <Stack>
            <p>{words.next}</p>
            <div className={classes["acts"]}>
              <ButtonLink kind="primary" href="/leads">
                {common.nav.myLeads}
              </ButtonLink>
              <Button onPress={() => setPublished(null)}>{words.another}</Button>
            </div>
          </Stack>
        </Card>
      </Page>
    );
  }
  return (
    <Page title={words.title} lead={words.lead} back={{ href: "/leads", label: common.nav.myLeads }}>
      <Form onSubmit={(event) => void submit(event)} validationBehavior="aria">
        <Columns
          side={
            <Card title={words.contact}>
              <FormLayout>
                <p className={classes["soft"]}>{words.contactHint}</p>
                <Field label={words.fullName} value={fullName} onChange={setFullName} error={errors.of("fullName")} isRequired autoComplete="name" maxLength={200} />
                <Field label={words.organisation} value={organisation} onChange={setOrganisation} error={errors.of("organisation")} autoComplete="organization" />
                <Field label={words.email} type="email" value={email} onChange={setEmail} error={errors.of("email")} autoComplete="email" />
                <Field label={words.phone} type="tel" value={phone} onChange={setPhone} error={errors.of("phone")} autoComplete="tel" />
                <Select
                  label={words.channel}
                  value={channel}
                  onChange={(id) => setChannel(CHANNELS.find((one) => one === id) ?? "EMAIL")}
                  error={errors.of("preferredChannel")}
                  choices={CHANNELS.map((id) => ({ id, label: words.channels[id] }))}
                />
              </FormLayout>
            </Card>
          }
        >
          <Card title={words.request}>
            <FormLayout>
              <Field label={words.line} hint={words.publicHint} value={title} onChange={setTitle} error={errors.of("title")} isRequired maxLength={200} />
              <Field label={words.brief} hint={words.publicHint} rows={8} value={brief} onChange={setBrief} error={errors.of("brief")} isRequired maxLength={5000} />
              <Field label={words.category} hint={words.categoryHint} value={category} onChange={setCategory} error={errors.of("category")} isRequired maxLength={100} />
              <Field label={words.city} value={city} onChange={setCity} error={errors.of("city")} />
              <Field label={words.country} hint={words.countryHint} value={country} onChange={setCountry} error={errors.of("country")} isRequired maxLength={2} />
              <Field label={words.budgetMin} inputMode="numeric" value={budgetMin} onChange={setBudgetMin} error={errors.of("budgetMin")} />
              <Field label={words.budgetMax} inputMode="numeric" value={budgetMax} onChange={setBudgetMax} error={errors.of("budgetMax")} />
            </FormLayout>
          </Card>
        </Columns>
        <div className={classes["end"]}>
          <Problems messages={errors.rest} />
          <div>
            <Button type="submit" kind="primary" isPending={isSending}>
              {isSending ? common.working : words.publish}
            </Button>
          </div>
        </div>
      </Form>
    </Page>
  );
}
