import closeWithGrace from 'close-with-grace';
import { seconds } from './duration.js';
import { loadConfig } from './config/config.js';
import { createLogger } from './telemetry/logger.js';
import { explainFailure } from './server/start-failure.js';
import { serverUrl, reportStart, showSetupToken } from './server/start-report.js';
import { startUp } from './server/start-up.js';

/** How long a stop may take before the process exits anyway (in ms). */
const STOP_TIMEOUT_MS = seconds(15);

try {
  const config = loadConfig();
  const logger = createLogger(config.logLevel);
  for (const warning of config.warnings) logger.warn(warning);
  const started = await startUp(config, logger);
  closeWithGrace({ delay: STOP_TIMEOUT_MS, logger: false }, async ({ signal, err }) => {
    if (err) logger.fatal({ err }, 'unexpected error, stopping');
    else logger.info(`${signal} received: finishing requests in progress, then stopping`);
    await started.stop();
  });
  // Last of all, since a reader of "Postern is ready" may stop the process right away.
  reportStart(started, config, logger);
  if (started.setupToken)
    showSetupToken(
      started.setupToken,
      config.environment === 'production' ? config.publicUrl : serverUrl(started, config),
    );
} catch (error) {
  process.stderr.write(`${explainFailure(error)}\n`);
  process.exit(1);
}
