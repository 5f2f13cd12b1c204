import { Button } from '../elements/button.js';
import { Section } from '../elements/section.js';
import { useMessages } from '../language/language.js';
import { ExportFailure } from './export-failure.js';
import { useExportMessages } from './messages.js';
import { useExport } from './use-export.js';

/** The export of everything that the account has. */
export function ExportData({ hasEmail }: { readonly hasEmail: boolean }) {
  const messages = useExportMessages();
  const { punctuation } = useMessages();
  const exporting = useExport();
  return (
    <Section id="export" title={messages.account.title} explanation={messages.account.explanation}>
      <div className="export-data">
        <Button isBusy={exporting.isPending} onClick={() => void exporting.run('/export/account')}>
          {exporting.isPending ? messages.running : messages.account.submit}
        </Button>
        <p className="hint">
          {[messages.account.hint, ...(hasEmail ? [messages.account.emailed] : [])].join(punctuation.betweenSentences)}
        </p>
        <ExportFailure failure={exporting.failure} />
      </div>
    </Section>
  );
}
