/**
 * Publishing a request: the text that all companies read, and the contact data that the rules keep closed. Operators
 * publish for a person who has not done it themselves.
 */
import { useState, type FormEvent } from "react";
import { Form } from "react-aria-components";
import { graphql } from "react-relay";
import { useUnsaved } from "../../../data/build.ts";
import { useDraft } from "../../../data/drafts.ts";
import { MOST, useTextCheck } from "../../../data/textCheck.ts";
import { useFrame } from "../../../frame/SignedIn.tsx";
import { Button, ButtonLink } from "../../../parts/Button.tsx";
import { CountryCombo } from "../../../parts/CountryCombo.tsx";
import { Field, FormLayout, Problems, Select, useSubmission } from "../../../parts/Field.tsx";
import { numberIn, useFilters } from "../../../parts/filters.ts";
import { MarketSelect } from "../../../parts/MarketSelect.tsx";
import { Card, Columns, Page, Stack } from "../../../parts/Page.tsx";
import { useSourceWords } from "../../../parts/sources.ts";
import { toast } from "../../../parts/Toasts.tsx";
import { useCommon } from "../../../words/common.ts";
import { CURRENCIES, currencyOf, type Currency } from "../../../words/countries.ts";
import { useFormat } from "../../../words/format.ts";
import { Marked } from "./Marked.tsx";
import classes from "./Publish.module.css";
import type { Channel, LeadSource, PublishMutation } from "./__generated__/PublishMutation.graphql.ts";
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
  "currency",
  "fullName",
  "organisation",
  "email",
  "phone",
  "preferredChannel",
  "market",
  "source",
  "fee",
] as const;

const PARAMETERS = { prospect: "" } as const; // whose lead led here, for operators

/** Where the numbers of a text are probably from, as long as no country is given. */
const homeOf = (locale: string): string => (locale === "en" ? "GB" : locale.slice(0, 2).toUpperCase());

export default function Publish() {
  const words = usePublishWords();
  const common = useCommon();
  const format = useFormat();
  const { viewer, role } = useFrame();
  const isOperator = role === "OPERATOR";
  const list = { href: "/leads", label: isOperator ? common.nav.allLeads : common.nav.myLeads };
  const [title, setTitle] = useDraft("publish:title");
  const [brief, setBrief] = useDraft("publish:brief");
  const [category, setCategory] = useState("");
  const [city, setCity] = useState("");
  const [country, setCountry] = useState("");
  const [budgetMin, setBudgetMin] = useState("");
  const [budgetMax, setBudgetMax] = useState("");
  const [chosen, setChosen] = useState<Currency | null>(null);
  const currency = chosen ?? currencyOf(country);
  const [fullName, setFullName] = useState(isOperator ? "" : viewer.user.name);
  const [organisation, setOrganisation] = useState("");
  const [email, setEmail] = useState(isOperator ? "" : viewer.user.email);
  const [phone, setPhone] = useState("");
  const [channel, setChannel] = useState<Channel>("EMAIL");
  const [market, setMarket] = useState("");
  const [source, setSource] = useState<LeadSource>("OPPORTUNITY");
  const [fee, setFee] = useState("");
  const [published, setPublished] = useState<{ readonly id: string; readonly title: string } | null>(null);
  const placesOf = useTextCheck(title, brief, country || homeOf(viewer.user.locale));
  const { sources } = useSourceWords();
  const [{ prospect }] = useFilters(PARAMETERS);
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
      country,
      city: city.trim() || null,
      budgetMin: numberIn(budgetMin),
      budgetMax: numberIn(budgetMax),
      currency,
      contact,
      ...(isOperator && { market: market || null, source, fee: numberIn(fee), prospectId: prospect || null }),
    };
    const response = await send((idempotencyKey) => ({ input: { ...input, idempotencyKey } }));
    const lead = response?.leadPublish?.lead;
    if (!lead) return;
    setPublished(lead);
    setTitle("");
    setBrief("");
    toast(words.published);
  };

  if (published !== null) {
    return (
      <Page title={words.published} lead={published.title} back={list}>
        <Card>
          <Stack>
            <p>{words.next}</p>
            <div className={classes["acts"]}>
              <ButtonLink kind="primary" href={isOperator ? `/leads/${encodeURIComponent(published.id)}` : `/applications?lead=${encodeURIComponent(published.id)}`}>
                {isOperator ? words.openLead : words.openRequest}
              </ButtonLink>
              <ButtonLink href={list.href}>{list.label}</ButtonLink>
              <Button onPress={() => setPublished(null)}>{words.another}</Button>
            </div>
          </Stack>
        </Card>
      </Page>
    );
  }
  return (
    <Page title={words.title} lead={isOperator ? words.operatorLead : words.lead} back={list}>
      <Form onSubmit={(event) => void submit(event)} validationBehavior="aria">
        <Columns
          side={
            <Card title={isOperator ? words.theirContact : words.contact}>
              <FormLayout>
                <p className={classes["soft"]}>{!isOperator ? words.contactHint : prospect ? words.samePersonHint : words.theirContactHint}</p>
                <Field label={words.fullName} value={fullName} onChange={setFullName} error={errors.of("fullName")} isRequired autoComplete={isOperator ? "off" : "name"} maxLength={200} />
                <Field label={words.organisation} value={organisation} onChange={setOrganisation} error={errors.of("organisation")} autoComplete={isOperator ? "off" : "organization"} />
                <Field label={words.email} type="email" value={email} onChange={setEmail} error={errors.of("email")} autoComplete={isOperator ? "off" : "email"} />
                <Field label={words.phone} type="tel" value={phone} onChange={setPhone} error={errors.of("phone")} autoComplete={isOperator ? "off" : "tel"} />
                <Select
                  label={isOperator ? words.theirChannel : words.channel}
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
              <Marked places={placesOf("title")} label={words.line} hint={words.publicHint} value={title} onChange={setTitle} error={errors.of("title")} isRequired maxLength={MOST.title} />
              <Marked places={placesOf("brief")} label={isOperator ? words.theirBrief : words.brief} hint={words.publicHint} rows={8} value={brief} onChange={setBrief} error={errors.of("brief")} isRequired maxLength={MOST.brief} />
              <Field label={words.category} hint={words.categoryHint} value={category} onChange={setCategory} error={errors.of("category")} isRequired maxLength={100} />
              <Field label={words.city} value={city} onChange={setCity} error={errors.of("city")} />
              <CountryCombo label={words.country} value={country} onChange={setCountry} error={errors.of("country")} isRequired />
              <Field label={words.budgetMin} inputMode="numeric" value={budgetMin} onChange={setBudgetMin} error={errors.of("budgetMin")} />
              <Field label={words.budgetMax} inputMode="numeric" value={budgetMax} onChange={setBudgetMax} error={errors.of("budgetMax")} />
              <Select
                label={words.currency}
                value={currency}
                onChange={(id) => setChosen(CURRENCIES.find((one) => one === id) ?? null)}
                error={errors.of("currency")}
                choices={CURRENCIES.map((id) => ({ id, label: format.currency(id) }))}
              />
            </FormLayout>
          </Card>
          {isOperator && (
            <Card title={words.terms}>
              <FormLayout>
                <MarketSelect label={words.market} any={words.usualMarket} value={market} onChange={setMarket} error={errors.of("market")} />
                <Select
                  label={words.source}
                  value={source}
                  onChange={(id) => setSource(id as LeadSource)}
                  error={errors.of("source")}
                  choices={Object.entries(sources).map(([id, label]) => ({ id, label }))}
                />
                <Field label={words.fee} hint={words.feeHint} inputMode="numeric" value={fee} onChange={setFee} error={errors.of("fee")} />
              </FormLayout>
            </Card>
          )}
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
