import { useEffect, useRef, useState } from 'react';
import { download, type Download } from '../api/download.js';
import { useAnnounce } from '../elements/announce.js';
import { useLanguage } from '../language/language.js';
import { useStepUp } from '../session/step-up.js';
import { useExportMessages } from './messages.js';

type ExportFailure = Extract<Download, { failure: unknown }>['failure'];

/** An export with the state of its latest run. */
export interface Export {
  readonly isPending: boolean;
  readonly failure: ExportFailure | null;
  /** Downloads what a path of the server exports. */
  run(path: string): Promise<void>;
}

/** Downloads exports. If the server requires step-up, opens its dialog and then downloads again. */
export function useExport(): Export {
  const messages = useExportMessages();
  const { language } = useLanguage();
  const { confirmIdentity } = useStepUp();
  const announce = useAnnounce();
  const [state, setState] = useState<Pick<Export, 'isPending' | 'failure'>>({ isPending: false, failure: null });
  const running = useRef<AbortController>(null);
  useEffect(() => () => running.current?.abort(), []);

  async function run(path: string): Promise<void> {
    const controller = new AbortController();
    running.current = controller;
    setState({ isPending: true, failure: null });
    const result = await download(path, language, controller.signal);
    if (controller.signal.aborted) return;
    if ('file' in result) {
      setState({ isPending: false, failure: null });
      announce(messages.done(result.file));
    } else if (result.failure !== 'INCOMPLETE' && result.failure.kind === 'STEP_UP_REQUIRED') {
      if (await confirmIdentity()) return run(path);
      setState({ isPending: false, failure: null });
    } else setState({ isPending: false, failure: result.failure });
  }

  return { ...state, run };
}
