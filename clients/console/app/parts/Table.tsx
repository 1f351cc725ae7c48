/** Lists of rows, with paging. Where the screen is narrow, each row is a card. */
import { useRef, type ReactNode } from "react";
import { Cell, Column as AriaColumn, Row, Table, TableBody, TableHeader, type Selection } from "react-aria-components";
import { useCommon } from "../words/common.ts";
import { useFormat } from "../words/format.ts";
import { Button } from "./Button.tsx";
import classes from "./Table.module.css";

export interface Column<T> {
  readonly id: string;
  readonly title: string;
  readonly render: (row: T) => ReactNode;
  /** Names the row for screen readers, and is the title of its card; one column of each table. */
  readonly isMain?: boolean;
  readonly isNumber?: boolean;
  /** Takes as little space as its content. */
  readonly isNarrow?: boolean;
  /** Has sentences. */
  readonly isWide?: boolean;
}

export interface Paging {
  readonly hasMore: boolean;
  readonly isLoading: boolean;
  readonly onMore: () => void;
  /** The rows are those from before, until as many have been read again. */
  readonly isCatchingUp?: boolean;
  /** The number of rows in total, if it is known. */
  readonly total?: number | null;
}

export interface DataTableProps<T> {
  readonly label: string;
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  readonly idOf: (row: T) => string;
  /** Where a row leads. */
  readonly hrefOf?: (row: T) => string;
  readonly empty: ReactNode;
  readonly paging?: Paging;
  readonly selected?: ReadonlySet<string> | "all";
  readonly onSelect?: (selected: Selection) => void;
  /** Values, other than the rows, that cells depend on. */
  readonly dependencies?: readonly unknown[];
}

/** How much room the columns need, in ordinary ones; with more than this, they become cards in a wider frame. */
const MOST_ROOM = 4.5;

function roomOf<T>(columns: readonly Column<T>[]): number {
  return columns.reduce((sum, { isNumber, isNarrow, isWide }) => sum + (isWide ? 2 : isNumber || isNarrow ? 0.5 : 1), 0);
}

const classOf = ({ isMain, isNumber, isNarrow, isWide }: Pick<Column<never>, "isMain" | "isNumber" | "isNarrow" | "isWide">): string =>
  [isMain && !isNarrow && classes["main"], isNumber && classes["number"], isWide && classes["wide"]].filter(Boolean).join(" ");

export function DataTable<T extends object>(props: DataTableProps<T>) {
  const { label, columns, rows, idOf, hrefOf, empty, paging, selected, onSelect, dependencies = [] } = props;
  if (rows.length === 0 && !paging?.hasMore) return empty;
  return (
    <div className={classes["frame"]}>
      <Still when={paging?.isCatchingUp ?? false}>
        <Table
          aria-label={label}
          className={`${classes["table"]} ${roomOf(columns) > MOST_ROOM ? classes["many"] : ""}`}
          {...(onSelect && { selectionMode: "multiple", selectedKeys: selected ?? new Set(), onSelectionChange: onSelect })}
        >
          <TableHeader columns={columns}>
            {(column) => (
              <AriaColumn
                id={column.id}
                isRowHeader={column.isMain ?? false}
                className={`${column.isNumber ? classes["number"] : ""} ${column.isNarrow ? classes["narrow"] : ""}`}
              >
                {column.title}
              </AriaColumn>
            )}
          </TableHeader>
          <TableBody items={rows.map((row) => ({ id: idOf(row), row }))} dependencies={[columns, ...dependencies]}>
            {({ id, row }) => (
              <Row id={id} columns={columns} {...(hrefOf && { href: hrefOf(row) })} className={classes["row"]}>
                {(column) => (
                  <Cell className={classOf(column)}>
                    {!column.isMain && (
                      <span aria-hidden="true" className={classes["label"]}>
                        {column.title}
                      </span>
                    )}
                    <span className={classes["value"]}>{column.render(row)}</span>
                  </Cell>
                )}
              </Row>
            )}
          </TableBody>
        </Table>
      </Still>
      {paging && <More paging={paging} shown={rows.length} />}
    </div>
  );
}

/** Keeps what it showed, so that a thousand rows are not drawn again for nothing. */
function Still({ when, children }: { when: boolean; children: ReactNode }) {
  const kept = useRef(children);
  if (!when) kept.current = children;
  return kept.current;
}

function More({ paging, shown }: { paging: Paging; shown: number }) {
  const words = useCommon();
  const { number } = useFormat();
  const { hasMore, isLoading, onMore, total } = paging;
  return (
    <div className={classes["more"]}>
      <span>{total != null && hasMore ? words.shown(number(shown), number(total)) : hasMore ? number(shown) : words.shownAll(number(shown))}</span>
      {hasMore && (
        <Button isSmall isPending={isLoading} onPress={onMore}>
          {isLoading ? words.loading : words.more}
        </Button>
      )}
    </div>
  );
}
