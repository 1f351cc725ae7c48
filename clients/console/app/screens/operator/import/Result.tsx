/** What an import did, or would do: the numbers, the columns that it did not know, and each row. */
import { useState } from "react";
import { Link } from "react-aria-components";
import { Select } from "../../../parts/Field.tsx";
import { Card, Figure, Figures } from "../../../parts/Page.tsx";
import { Empty } from "../../../parts/State.tsx";
import { DataTable, type Column } from "../../../parts/Table.tsx";
import { Tag, type Tone } from "../../../parts/Tag.tsx";
import { Soft, UserText } from "../../../parts/Text.tsx";
import { useCommon } from "../../../words/common.ts";
import { useFormat } from "../../../words/format.ts";
import classes from "./Import.module.css";
import type { ImportMutation } from "./__generated__/ImportMutation.graphql.ts";
import { useImportWords } from "./words.ts";

type Payload = NonNullable<ImportMutation["response"]["leadImport"]>;
/** `isCheck`: nothing was imported. */
export interface Imported extends Payload {
  readonly isCheck: boolean;
}

type Row = Payload["rows"][number];
type Outcome = Row["outcome"];
const TONES: Readonly<Record<string, Tone>> = { CREATED: "good", DUPLICATE: "calm", REFUSED: "bad" };
const PAGE = 100;

export interface ResultProps {
  readonly result: Imported;
  /** Fields for the columns that are not known by their names. */
  readonly mapping: Readonly<Record<string, string>>;
  readonly onMap: (column: string, field: string) => void;
}

export default function Result({ result, mapping, onMap }: ResultProps) {
  const words = useImportWords();
  const common = useCommon();
  const format = useFormat();
  const [outcome, setOutcome] = useState<Outcome | "">("");
  const [shown, setShown] = useState(PAGE);
  const { isCheck, total, created, duplicates, refused, ignoredColumns, ignoredSheets } = result;
  const outcomes: Readonly<Record<string, string>> = isCheck ? words.wouldBe : words.outcomes;
  const fields: Readonly<Record<string, string>> = words.fields;
  const rows = result.rows.filter((row) => outcome === "" || row.outcome === outcome);
  const columns: Column<Row>[] = [
    { id: "row", title: words.row, isMain: true, isNarrow: true, render: ({ row }) => format.number(row) },
    {
      id: "outcome",
      title: words.outcome,
      render: ({ outcome: found, leadId }) => (
        <span>
          <Tag tone={TONES[found] ?? "calm"}>{outcomes[found] ?? found}</Tag>{" "}
          {leadId && <Link href={`/leads/${encodeURIComponent(leadId)}`}>{words.openLead}</Link>}
        </span>
      ),
    },
    {
      id: "field",
      title: words.column,
      render: ({ importField, column }) =>
        importField || column ? (
          <span>
            <UserText>{column ?? ""}</UserText> {importField && <Soft>{fields[importField] ?? importField}</Soft>}
          </span>
        ) : (
          <Soft>–</Soft>
        ),
    },
    {
      id: "why",
      title: common.why,
      isWide: true,
      render: ({ reason, warnings }) => (
        <span className={classes["reasons"]}>
          {reason && <UserText>{reason}</UserText>}
          {warnings.map((warning) => (
            <Soft key={warning}>
              <UserText>{warning}</UserText>
            </Soft>
          ))}
        </span>
      ),
    },
  ];
  const unknown = [...new Set([...ignoredColumns, ...Object.keys(mapping)])];
  return (
    <>
      <div role="status">
        <Figures>
          <Figure label={words.total}>{format.number(total)}</Figure>
          <Figure label={isCheck ? words.wouldBe.CREATED : words.outcomes.CREATED}>{format.number(created)}</Figure>
          <Figure label={words.outcomes.DUPLICATE}>{format.number(duplicates)}</Figure>
          <Figure label={words.outcomes.REFUSED}>{format.number(refused)}</Figure>
        </Figures>
      </div>
      {(unknown.length > 0 || ignoredSheets.length > 0) && (
        <Card title={words.ignored}>
          {ignoredSheets.length > 0 && (
            <p>
              {words.ignoredSheets} <UserText>{ignoredSheets.join(", ")}</UserText>
            </p>
          )}
          {unknown.length > 0 && (
            <>
              <p>
                <Soft>{words.mapHint}</Soft>
              </p>
              <div className={classes["mapping"]}>
                {unknown.map((column) => (
                  <Select
                    key={column}
                    label={column}
                    value={mapping[column] ?? ""}
                    onChange={(field) => onMap(column, field)}
                    choices={[{ id: "", label: words.notImported }, ...Object.entries(words.fields).map(([id, label]) => ({ id: id.toLowerCase(), label }))]}
                  />
                ))}
              </div>
            </>
          )}
        </Card>
      )}
      <Card
        title={isCheck ? words.checked : words.imported}
        isFlush
        actions={
          <Select
            label={words.outcome}
            value={outcome}
            onChange={(next) => {
              setOutcome(next as Outcome | "");
              setShown(PAGE);
            }}
            choices={[{ id: "", label: common.any }, ...Object.entries(outcomes).map(([id, label]) => ({ id, label }))]}
          />
        }
      >
        <DataTable
          label={isCheck ? words.checked : words.imported}
          columns={columns}
          rows={rows.slice(0, shown)}
          idOf={({ row }) => String(row)}
          dependencies={[format, isCheck]}
          paging={{ hasMore: rows.length > shown, isLoading: false, onMore: () => setShown(shown + PAGE), total: rows.length }}
          empty={<Empty icon="list" title={words.noRows} />}
        />
      </Card>
    </>
  );
}
