import { loadConfig } from './config/config.js';
import { createLogger } from './telemetry/logger.js';
import { explainFailure } from './server/start-failure.js';
import { serverUrl, reportStart, showSetupToken } from './server/start-report.js';
import { startUp } from './server/start-up.js';
import { stopOnSignals } from './server/stop-on-signals.js';

try {
  const config = loadConfig();
  const logger = createLogger(config.logLevel);
  for (const warning of config.warnings) logger.warn(warning);
  const started = await startUp(config, logger);
  stopOnSignals(started, logger);
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
