/** Settings: the user, what is sent to them and where, and the colours of this browser. */
import { lazy, useState, type FormEvent } from "react";
import { Form } from "react-aria-components";
import { graphql } from "react-relay";
import { useUnsaved } from "../../../data/build.ts";
import { useQuery, useTurn } from "../../../data/query.ts";
import { useWatched } from "../../../data/store.ts";
import { useFrame } from "../../../frame/SignedIn.tsx";
import { choose, scheme, type Scheme } from "../../../look/scheme.ts";
import { Button } from "../../../parts/Button.tsx";
import { Combo } from "../../../parts/Combo.tsx";
import { Field, FormLayout, Problems, Select, useSubmission } from "../../../parts/Field.tsx";
import { Card, Page, Stack, Values } from "../../../parts/Page.tsx";
import { Boundary } from "../../../parts/State.tsx";
import { UserText } from "../../../parts/Text.tsx";
import { toast } from "../../../parts/Toasts.tsx";
import { useCommon } from "../../../words/common.ts";
import { LANGUAGE_NAMES, LANGUAGES, usePreferences } from "../../../words/language.ts";
import { Calendar } from "./Calendar.tsx";
import { Devices } from "./Devices.tsx";
import { Preferences } from "./Preferences.tsx";
import { Webhooks } from "./Webhooks.tsx";
import type { SettingsMutation } from "./__generated__/SettingsMutation.graphql.ts";
import type { SettingsQuery } from "./__generated__/SettingsQuery.graphql.ts";
import classes from "./Settings.module.css";
import { useSettingsWords } from "./words.ts";

const UPDATE = graphql`
  mutation SettingsMutation($input: UserSettingsUpdateInput!) {
    userSettingsUpdate(input: $input) {
      user {
        id
        name
        locale
        timeZone
        mobile
      }
      userErrors {
        code
        field
        message
      }
    }
  }
`;

const SETTINGS = graphql`
  query SettingsQuery($isOwner: Boolean!, $isOperator: Boolean!, $count: Int!, $cursor: Cursor) {
    viewer {
      id
      user {
        id
        mobile
      }
      ...Preferences_viewer
      ...Devices_viewer
      ...Calendar_viewer
    }
    ...Webhooks_list @include(if: $isOwner) @alias(as: "webhooks")
    ...Sent_list @skip(if: $isOperator) @alias(as: "sent")
  }
`;

const Sent = lazy(() => import("./Sent.tsx"));
const PAGE = 10; // messages that were sent
const ZONES = ["UTC", ...Intl.supportedValuesOf("timeZone")];

export default function Settings() {
  const words = useSettingsWords();
  const common = useCommon();
  const { viewer, role, reread } = useFrame();
  const isOperator = role === "OPERATOR"; // whose list of messages is the outbox
  const [turn, again] = useTurn();
  const found = useQuery<SettingsQuery>(SETTINGS, { isOwner: role === "OWNER", isOperator, count: PAGE, cursor: null }, turn);
  const hasMobile = role === "OWNER" || role === "MEMBER";
  const hasCalendar = hasMobile || role === "PROSPECT" || isOperator;
  const { user } = viewer;
  const preferences = usePreferences();
  const [name, setName] = useState(user.name);
  const [locale, setLocale] = useState<string>(preferences.language);
  const [timeZone, setTimeZone] = useState(user.timeZone);
  const saved = found.viewer?.user.mobile ?? "";
  const [mobile, setMobile] = useState(saved);
  const { send, isSending, errors } = useSubmission<SettingsMutation>(UPDATE, "name", "locale", "timeZone", "mobile");
  const chosen = useWatched(scheme);
  useUnsaved(name !== user.name || locale !== user.locale || timeZone !== user.timeZone || mobile !== saved);
  const zones = ZONES.includes(timeZone) ? ZONES : [timeZone, ...ZONES];

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!errors.require({ name })) return;
    if (!(await send(() => ({ input: { name, locale, timeZone, ...(mobile !== saved && { mobile }) } })))) return;
    toast(words.saved);
    reread();
    again();
  };

  return (
    <Page title={common.nav.settings}>
      <div className={classes["cards"]}>
        <Stack>
          <Card title={words.you}>
            <Form onSubmit={(event) => void submit(event)} validationBehavior="aria">
              <FormLayout>
                <Problems messages={errors.rest} />
                <Field label={words.name} value={name} onChange={setName} error={errors.of("name")} isRequired maxLength={200} autoComplete="name" />
                <Select
                  label={words.language}
                  hint={words.languageHint}
                  value={locale}
                  onChange={setLocale}
                  error={errors.of("locale")}
                  choices={LANGUAGES.map((id) => ({ id, label: LANGUAGE_NAMES[id] }))}
                />
                <Combo
                  label={words.timeZone}
                  value={timeZone}
                  onChange={setTimeZone}
                  error={errors.of("timeZone")}
                  choices={zones.map((id) => ({ id, label: id.replaceAll("_", " ") }))}
                />
                {hasMobile && (
                  <Field
                    label={words.mobile}
                    hint={words.mobileHint}
                    type="tel"
                    value={mobile}
                    onChange={setMobile}
                    error={errors.of("mobile")}
                    autoComplete="tel"
                  />
                )}
                <div>
                  <Button type="submit" kind="primary" isPending={isSending}>
                    {isSending ? common.working : common.save}
                  </Button>
                </div>
              </FormLayout>
            </Form>
          </Card>
          <Card title={words.browser}>
            <FormLayout>
              <Select
                label={words.colours}
                hint={words.coloursHint}
                value={chosen}
                onChange={(id) => choose(id as Scheme)}
                choices={(["system", "light", "dark"] as const).map((id) => ({ id, label: words.schemes[id] }))}
              />
            </FormLayout>
          </Card>
          <Card title={words.account}>
            <Values
              items={[
                [words.email, <UserText key="email">{user.email}</UserText>],
                [words.roles, viewer.roles.map((role) => common.role[role as keyof typeof common.role] ?? role).join(", ")],
                [words.company, viewer.account && <UserText key="company">{viewer.account.name}</UserText>],
              ]}
            />
          </Card>
        </Stack>
        <Stack>
          {found.viewer && <Preferences viewer={found.viewer} reread={again} />}
          {found.viewer && hasCalendar && <Calendar viewer={found.viewer} reread={again} />}
          {found.viewer && <Devices viewer={found.viewer} reread={again} />}
          {found.webhooks && <Webhooks list={found.webhooks} reread={again} />}
        </Stack>
      </div>
      {found.sent && (
        <Boundary>
          <Sent list={found.sent} count={PAGE} />
        </Boundary>
      )}
    </Page>
  );
}
