import type { ReactNode } from 'react';
import { useWords } from '../language/language.js';

/** A column of a table. */
export interface Column<Row> {
  /** Tells it from the others. */
  readonly name: string;
  readonly title: string;
  readonly cell: (row: Row) => ReactNode;
  /** Numbers stand at the end of their column, digit below digit. */
  readonly isNumber?: boolean;
}

/** Rows of which some are chosen, to do one thing to all of them. */
export interface Choice<Row> {
  readonly chosen: ReadonlySet<string>;
  readonly onChange: (chosen: ReadonlySet<string>) => void;
  /** What a row is called, for who listens to the page. */
  readonly nameOf: (row: Row) => string;
}

interface TableProps<Row> {
  /** What the table is of. */
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly isBusy?: boolean;
  readonly choice?: Choice<Row>;
}

/** A table that scrolls within itself; where there is little room, each row is a card that names its columns. */
export function Table<Row extends { readonly id: string }>({
  label,
  columns,
  rows,
  isBusy = false,
  choice,
}: TableProps<Row>) {
  return (
    <div className="table-frame" role="region" aria-label={label} aria-busy={isBusy} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {choice && (
              <th scope="col" className="choice">
                <ChooseAll rows={rows} choice={choice} />
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
            <tr key={row.id} className={choice?.chosen.has(row.id) ? 'chosen' : ''}>
              {choice && (
                <td className="choice">
                  <ChooseOne row={row} choice={choice} />
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

function ChooseAll<Row extends { readonly id: string }>({
  rows,
  choice: { chosen, onChange },
}: {
  readonly rows: readonly Row[];
  readonly choice: Choice<Row>;
}) {
  const { lists } = useWords();
  const areAllChosen = rows.length > 0 && rows.every(({ id }) => chosen.has(id));
  return (
    <input
      type="checkbox"
      aria-label={lists.chooseAll}
      checked={areAllChosen}
      onChange={() => onChange(new Set(areAllChosen ? [] : rows.map(({ id }) => id)))}
    />
  );
}

function ChooseOne<Row extends { readonly id: string }>({
  row,
  choice: { chosen, onChange, nameOf },
}: {
  readonly row: Row;
  readonly choice: Choice<Row>;
}) {
  const { lists } = useWords();
  const toggle = () => {
    const next = new Set(chosen);
    if (!next.delete(row.id)) next.add(row.id);
    onChange(next);
  };
  return (
    <input type="checkbox" aria-label={lists.choose(nameOf(row))} checked={chosen.has(row.id)} onChange={toggle} />
  );
}
