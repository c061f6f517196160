/** A table that becomes a list where there is little room. Its roles are written out, because changing `display` takes them away. */

import type { ReactNode } from "react";

export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => ReactNode;
  /** How much room it needs: a word or two, a name, or all that is left. */
  readonly room: "word" | "words" | "name" | "rest";
}

interface TableProps<Row> {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  /** Where links from elsewhere on the page lead. */
  rowId?: (index: number) => string;
}

const ROOM = { word: "w-20", words: "w-40", name: "w-1/4", rest: "" } as const;

export function Table<Row>({ label, columns, rows, rowId }: TableProps<Row>) {
  return (
    <div className="@container">
      <table role="table" aria-label={label} className="rows block w-full text-[0.9375rem] @3xl:table @3xl:table-fixed">
        <thead role="rowgroup" className="sr-only @3xl:not-sr-only @3xl:table-header-group">
          <tr role="row">
            {columns.map(({ title, room }) => (
              <th key={title} role="columnheader" scope="col" className={`pr-4 pb-2 text-left text-sm font-medium text-soft ${ROOM[room]}`}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup" className="block @3xl:table-row-group">
          {rows.map((row, index) => (
            <tr key={index} id={rowId?.(index)} role="row">
              {columns.map(({ title, cell, room }) => (
                <td key={title} role="cell" className={room === "rest" ? "basis-full" : undefined}>
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
