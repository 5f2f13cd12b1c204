import type { Database } from '../../../src/database/connection/database.js';
import type { Reader } from '../../../src/database/read/select.js';
import { query } from '../../support/database.js';

/** A node of a plan from EXPLAIN. */
interface Node {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Actual Loops': number;
  readonly 'Actual Rows': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly Node[];
}

/** How a statement reads a partition. */
export interface Scan {
  readonly partition: string;
  /** The columns and condition of the index; null for a scan of the whole partition. */
  readonly index: string | null;
  /** How many rows it read. */
  readonly rows: number;
}

/** A reader that executes Postern's statements and records their scans. */
export async function openExplainingReader(database: Database): Promise<{ readonly reader: Reader; take(): Scan[] }> {
  const indexes = new Map(
    (
      await query<{ name: string; definition: string }>(
        database,
        'select indexname as name, indexdef as definition from pg_indexes',
      )
    ).map(({ name, definition }) => [name, definition.replace(/^.* USING btree /, '')]),
  );
  const indexOf = (node: Node): string | null =>
    node['Index Name']
      ? (indexes.get(node['Index Name']) ?? null)
      : ((node.Plans ?? []).map(indexOf).find((index) => index !== null) ?? null);
  let scans: Scan[] = [];

  const runAdHoc: Reader['runAdHoc'] = async (text, values) => {
    const [row] = (await database.reader.runAdHoc(`explain (analyze, timing off, format json) ${text}`, values)) as {
      'QUERY PLAN': [{ Plan: Node }];
    }[];
    const nodes = nodesOf(row!['QUERY PLAN'][0].Plan).filter(
      (node) => node['Relation Name'] && node['Actual Loops'] > 0,
    );
    scans.push(
      ...nodes.map((node) => ({
        partition: node['Relation Name']!,
        index: indexOf(node),
        rows: node['Actual Loops'] * (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)),
      })),
    );
    return database.reader.runAdHoc(text, values);
  };

  return {
    reader: { runAdHoc, run: ({ text }, values) => runAdHoc(text, values), close: () => Promise.resolve() },
    take: () => {
      const taken = scans;
      scans = [];
      return taken;
    },
  };
}

const nodesOf = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];
