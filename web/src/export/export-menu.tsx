import { useRef } from 'react';
import type { AllSecurityEventsFilter, AllUsageLogsFilter } from '../generated/graphql.js';
import { ExportFailure } from './export-failure.js';
import { useExportMessages } from './messages.js';
import { useExport } from './use-export.js';

const formats = ['csv', 'jsonl'] as const;

interface ExportMenuProps {
  readonly of: 'usage' | 'events';
  /** What the list shows; everything by default. */
  readonly filter?: AllUsageLogsFilter | AllSecurityEventsFilter;
  /** Whether the list is that of all users. */
  readonly all?: boolean;
}

/** A button that offers the formats of an export of what a list shows. */
export function ExportMenu({ of, filter = {}, all = false }: ExportMenuProps) {
  const messages = useExportMessages();
  const exporting = useExport();
  const menu = useRef<HTMLDetailsElement>(null);
  const summary = useRef<HTMLElement>(null);
  const close = () => menu.current?.removeAttribute('open');
  const start = (format: (typeof formats)[number]) => {
    close();
    summary.current?.focus();
    void exporting.run(`/export/${of}?${toQuery({ format, ...(all ? { all: 'true' } : {}), ...filter })}`);
  };
  return (
    <div className="export">
      <details
        ref={menu}
        name="export"
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || !menu.current?.open) return;
          close();
          summary.current?.focus();
        }}
        onBlur={({ relatedTarget }) => {
          if (!menu.current?.contains(relatedTarget)) close();
        }}
      >
        <summary ref={summary} className="button plain" aria-busy={exporting.isPending}>
          {exporting.isPending ? messages.running : messages.title}
        </summary>
        <div className="formats">
          {formats.map((format) => (
            <button
              key={format}
              type="button"
              aria-label={format === 'csv' ? messages.asCsv : messages.asJsonl}
              aria-disabled={exporting.isPending}
              onClick={() => !exporting.isPending && start(format)}
            >
              {messages[format]}
            </button>
          ))}
        </div>
      </details>
      <ExportFailure failure={exporting.failure} />
    </div>
  );
}

/** A list is separated by commas. */
const toQuery = (parameters: object): string =>
  new URLSearchParams(
    Object.entries(parameters as Record<string, unknown>)
      .filter(([, value]) => value !== null && value !== undefined)
      .map(([name, value]) => [name, String(value)]),
  ).toString();
