/** Importing leads from a file: first checked without importing anything, then imported, with the result of each row. */
import { lazy, useState } from "react";
import { graphql } from "react-relay";
import { useUnsaved } from "../../../data/build.ts";
import { Button } from "../../../parts/Button.tsx";
import { Combo } from "../../../parts/Combo.tsx";
import { Confirm } from "../../../parts/Dialog.tsx";
import { Field, FormLayout, Problems, Select, useFormErrors } from "../../../parts/Field.tsx";
import { FilePick } from "../../../parts/FilePick.tsx";
import { numberIn } from "../../../parts/filters.ts";
import { MarketSelect } from "../../../parts/MarketSelect.tsx";
import { Card, Columns, Page, Stack } from "../../../parts/Page.tsx";
import { useSourceWords } from "../../../parts/sources.ts";
import { Boundary } from "../../../parts/State.tsx";
import { Soft, UserText } from "../../../parts/Text.tsx";
import { UploadBar } from "../../../parts/Upload.tsx";
import { useMutation } from "../../../data/query.ts";
import { useCommon } from "../../../words/common.ts";
import { usePreferences } from "../../../words/language.ts";
import classes from "./Import.module.css";
import type { Imported } from "./Result.tsx";
import type { Channel, ImportMutation, LeadSource } from "./__generated__/ImportMutation.graphql.ts";
import { useImportWords } from "./words.ts";

const IMPORT = graphql`
  mutation ImportMutation($input: LeadImportInput!) {
    leadImport(input: $input) {
      total
      created
      duplicates
      refused
      ignoredColumns
      ignoredSheets
      rows {
        row
        outcome
        importField
        column
        reason
        warnings
        leadId
      }
      userErrors {
        code
        field
        message
      }
    }
  }
`;

const Result = lazy(() => import("./Result.tsx"));
const ACCEPTED = [".csv", ".xlsx", ".xlsm", ".ods"];
const FIELDS = ["market", "origin", "category", "city", "country", "region", "preferredChannel", "title", "currency", "fee", "timeZone", "source", "mapping"] as const;
const ZONES = ["UTC", ...Intl.supportedValuesOf("timeZone")];
const textOf = (text: string): string | null => text.trim() || null;

export default function Import() {
  const words = useImportWords();
  const common = useCommon();
  const { sources } = useSourceWords();
  const { timeZone: home } = usePreferences();
  const [file, setFile] = useState<File | null>(null);
  const [market, setMarket] = useState("");
  const [origin, setOrigin] = useState("");
  const [defaults, setDefaults] = useState({ category: "", city: "", country: "", region: "", title: "", currency: "", fee: "", timeZone: home });
  const [channel, setChannel] = useState<Channel>("EMAIL");
  const [source, setSource] = useState<LeadSource>("OTHER");
  const [mapping, setMapping] = useState<Readonly<Record<string, string>>>({});
  const [result, setResult] = useState<Imported | null>(null);
  const [run, isRunning] = useMutation<ImportMutation>(IMPORT);
  const errors = useFormErrors(...FIELDS);
  useUnsaved(file !== null && (result === null || result.isCheck));

  const change = (name: keyof typeof defaults) => (value: string) => setDefaults({ ...defaults, [name]: value });
  const choose = (next: File): void => {
    setFile(next);
    setMapping({});
    setResult(null);
    errors.set([]);
  };
  /** Returns a refusal for the dialog, or null. What was chosen stays in any case. */
  const send = async (isCheck: boolean): Promise<string | null> => {
    if (!file || !errors.require({ market })) return words.marketFirst;
    const { fee, timeZone, ...texts } = defaults;
    const input = {
      file,
      market,
      origin: textOf(origin),
      mapping: Object.entries(mapping).map(([column, field]) => ({ column, field })),
      ...Object.fromEntries(Object.entries(texts).map(([name, value]) => [name, textOf(value)])),
      timeZone: textOf(timeZone),
      fee: numberIn(fee),
      preferredChannel: channel,
      source,
      check: isCheck,
    };
    try {
      const { response, errors: refusals } = await run({ input });
      errors.set(refusals);
      const payload = response.leadImport;
      setResult(payload && refusals.length === 0 ? { ...payload, isCheck } : null);
      return refusals[0]?.message ?? null;
    } catch (error) {
      errors.fail(error);
      return null;
    }
  };

  return (
    <Page title={words.title} lead={words.lead} back={{ href: "/leads", label: common.nav.allLeads }}>
      <Columns
        side={
          <Card title={words.defaults}>
            <FormLayout>
              <Soft>{words.defaultsHint}</Soft>
              <Field label={words.category} value={defaults.category} onChange={change("category")} error={errors.of("category")} />
              <Field label={words.country} hint={words.countryHint} value={defaults.country} onChange={change("country")} error={errors.of("country")} />
              <Field label={words.city} value={defaults.city} onChange={change("city")} error={errors.of("city")} />
              <Field label={words.region} hint={words.regionHint} value={defaults.region} onChange={change("region")} error={errors.of("region")} />
              <Field label={words.titleLabel} hint={words.titleHint} value={defaults.title} onChange={change("title")} error={errors.of("title")} />
              <Select
                label={words.channel}
                value={channel}
                onChange={(id) => setChannel(id as Channel)}
                error={errors.of("preferredChannel")}
                choices={Object.entries(words.channels).map(([id, label]) => ({ id, label }))}
              />
              <Select
                label={words.source}
                value={source}
                onChange={(id) => setSource(id as LeadSource)}
                error={errors.of("source")}
                choices={Object.entries(sources).map(([id, label]) => ({ id, label }))}
              />
              <Field label={words.currency} hint={words.currencyHint} value={defaults.currency} onChange={change("currency")} error={errors.of("currency")} maxLength={3} />
              <Field label={words.fee} hint={words.feeHint} inputMode="numeric" value={defaults.fee} onChange={change("fee")} error={errors.of("fee")} />
              <Combo
                label={words.timeZone}
                value={defaults.timeZone}
                onChange={change("timeZone")}
                error={errors.of("timeZone")}
                choices={(ZONES.includes(defaults.timeZone) ? ZONES : [defaults.timeZone, ...ZONES]).map((id) => ({ id, label: id.replaceAll("_", " ") }))}
              />
            </FormLayout>
          </Card>
        }
      >
        <Card title={words.file}>
          <FormLayout>
            <FilePick hint={words.drop} accept={ACCEPTED} file={file} onChoose={choose} />
            <MarketSelect label={words.market} value={market} onChange={setMarket} error={errors.of("market")} />
            <Field label={words.origin} hint={words.originHint} value={origin} onChange={setOrigin} error={errors.of("origin")} />
            <Problems messages={[...errors.rest, ...(errors.of("mapping") ? [errors.of("mapping")!] : [])]} />
            {isRunning && <UploadBar />}
            <div className={classes["acts"]}>
              <Button icon="eye" isDisabled={!file || market === ""} isPending={isRunning} onPress={() => void send(true)}>
                {words.check}
              </Button>
              <Confirm
                trigger={
                  <Button kind="primary" icon="plus" isDisabled={!file || market === "" || isRunning}>
                    {words.import}
                  </Button>
                }
                title={words.import}
                action={words.import}
                onConfirm={() => send(false)}
              >
                {words.importCosts} {file && <UserText>{file.name}</UserText>}
              </Confirm>
              {(!file || market === "") && <Soft>{words.fileFirst}</Soft>}
            </div>
          </FormLayout>
        </Card>
        {result && (
          <Stack>
            <Boundary>
              <Result
                result={result}
                mapping={mapping}
                onMap={(column, field) => {
                  const { [column]: _, ...others } = mapping;
                  setMapping(field === "" ? others : { ...others, [column]: field });
                }}
              />
            </Boundary>
          </Stack>
        )}
      </Columns>
    </Page>
  );
}
