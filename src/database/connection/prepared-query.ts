import pg from 'pg';

/** A statement with a name, which PostgreSQL parses once per connection. */
export interface NamedStatement {
  readonly name: string;
  readonly text: string;
  readonly values: readonly unknown[];
}

/** What the driver derives from the description of rows: their columns, and how to read them. */
interface RowShape {
  readonly fields: readonly object[];
  readonly _parsers: readonly unknown[] | undefined;
  readonly _prebuiltEmptyResultObject: object | null | undefined;
}

/** The parts of the driver's query that its types leave out. */
interface DriverQuery extends Omit<pg.Query, 'submit'> {
  name: string;
  callback: (error: Error | null, result: pg.QueryResult) => void;
  readonly _result: RowShape;
  _accumulateRows: boolean;
  submit(connection: pg.Connection): Error | null;
  handleCommandComplete(message: object, connection: pg.Connection): void;
}

const DriverQuery = pg.Query as unknown as new (text: string, values: readonly unknown[]) => DriverQuery;

/** The shapes of the rows of named statements, for each connection. */
const shapes = new WeakMap<pg.Connection, Map<string, RowShape>>();

/**
 * A named statement whose rows are described once per connection. The driver asks for their description each time,
 * though it can't change: PostgreSQL refuses a plan with other columns (decision 060).
 */
class PreparedQuery extends DriverQuery {
  constructor({ name, text, values }: NamedStatement) {
    super(text, values);
    // The driver would copy an object with its name, property by property.
    this.name = name;
  }

  override submit(connection: pg.Connection): Error | null {
    const shape = shapes.get(connection)?.get(this.name);
    if (shape === undefined) return super.submit(connection);
    Object.assign(this._result, shape);
    this._accumulateRows = true;
    return withoutDescription(connection, () => super.submit(connection));
  }

  override handleCommandComplete(message: object, connection: pg.Connection): void {
    super.handleCommandComplete(message, connection);
    rememberShape(connection, this.name, this._result);
  }
}

/** Submits a statement without asking what its rows look like. */
function withoutDescription<Result>(connection: pg.Connection, submit: () => Result): Result {
  const { describe } = connection;
  connection.describe = () => undefined;
  try {
    return submit();
  } finally {
    connection.describe = describe;
  }
}

function rememberShape(
  connection: pg.Connection,
  name: string,
  { fields, _parsers, _prebuiltEmptyResultObject }: RowShape,
): void {
  const known = shapes.get(connection) ?? new Map<string, RowShape>();
  if (known.has(name)) return;
  known.set(name, { fields, _parsers, _prebuiltEmptyResultObject });
  shapes.set(connection, known);
}

/**
 * Sends a named statement.
 *
 * @param send the `query` of a client
 */
export const sendPrepared = (
  send: (query: pg.Submittable) => unknown,
  statement: NamedStatement,
): Promise<pg.QueryResult> =>
  new Promise((resolve, reject) => {
    const query = new PreparedQuery(statement);
    query.callback = (error, result) => {
      if (error === null) resolve(result);
      else reject(error);
    };
    send(query);
  });
