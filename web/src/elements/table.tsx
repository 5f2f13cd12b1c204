import type { ReactNode } from 'react';
import { useMessages } from '../language/language.js';

/** A column of a table. */
export interface Column<Row> {
  /** The key of the column and its CSS class. */
  readonly name: string;
  readonly title: string;
  readonly cell: (row: Row) => ReactNode;
  /** Numbers are aligned at the end of the column. */
  readonly isNumber?: boolean;
}

/** The selected rows, for bulk actions. */
export interface Selection<Row> {
  readonly selected: ReadonlySet<string>;
  readonly onChange: (selected: ReadonlySet<string>) => void;
  /** The name of a row for screen readers. */
  readonly getRowName: (row: Row) => string;
}

interface TableProps<Row> {
  /** The name of the table for screen readers. */
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly isBusy?: boolean;
  readonly selection?: Selection<Row>;
}

/** A table that scrolls inside its frame. On small screens each row is a card. */
export function Table<Row extends { readonly id: string }>({
  label,
  columns,
  rows,
  isBusy = false,
  selection,
}: TableProps<Row>) {
  return (
    <div className="table-frame" role="region" aria-label={label} aria-busy={isBusy} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {selection && (
              <th scope="col" className="select">
                <SelectAll rows={rows} selection={selection} />
              </th>
            )}
            {columns.map(({ name, title, isNumber }) => (
              <th key={name} scope="col" className={isNumber ? 'number' : ''}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id} className={selection?.selected.has(row.id) ? 'selected' : ''}>
              {selection && (
                <td className="select">
                  <SelectRow row={row} selection={selection} />
                </td>
              )}
              {columns.map(({ name, title, cell, isNumber }) => (
                <td key={name} data-label={title} className={`${name} ${isNumber ? 'number' : ''}`}>
                  <div>{cell(row)}</div>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function SelectAll<Row extends { readonly id: string }>({
  rows,
  selection: { selected, onChange },
}: {
  readonly rows: readonly Row[];
  readonly selection: Selection<Row>;
}) {
  const { lists } = useMessages();
  const areAllSelected = rows.length > 0 && rows.every(({ id }) => selected.has(id));
  return (
    <label>
      <input
        type="checkbox"
        checked={areAllSelected}
        onChange={() => onChange(new Set(areAllSelected ? [] : rows.map(({ id }) => id)))}
      />
      <span>{lists.selectAll}</span>
    </label>
  );
}

function SelectRow<Row extends { readonly id: string }>({
  row,
  selection: { selected, onChange, getRowName },
}: {
  readonly row: Row;
  readonly selection: Selection<Row>;
}) {
  const { lists } = useMessages();
  const toggle = () => {
    const next = new Set(selected);
    if (!next.delete(row.id)) next.add(row.id);
    onChange(next);
  };
  return (
    <input
      type="checkbox"
      aria-label={lists.select(getRowName(row))}
      checked={selected.has(row.id)}
      onChange={toggle}
    />
  );
}
