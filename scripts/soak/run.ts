// Lets users of all kinds work on several Posterns behind nginx, while one thing after another fails, and compares the
// state with a ledger. Needs root, and Debian's packages postgresql, pgbouncer and nginx:
// npm run soak -- --minutes 10 --processes 2. The output of runs is in docs/evidence/soak.md.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Api } from './api.ts';
import { Crew, kindNames } from './crew.ts';
import { Disturbances } from './disturbances.ts';
import { faults } from './faults.ts';
import { Ledger } from './ledger.ts';
import { prepare } from './prepare.ts';
import { heading, rowOf, summary } from './report.ts';
import { startSite, type Site } from './site.ts';
import { verifyEnd } from './verify-end.ts';

/** How long work goes on undisturbed between two faults (in ms): so long nginx leaves out an instance that failed. */
const QUIET_MS = 12_000;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    processes: { type: 'string', default: '3' },
    /** Only faults whose names contain this. */
    fault: { type: 'string', default: '' },
  },
});
const say = (text: string) => process.stdout.write(`${text}\n`);

/** Lets the faults happen in turn until the time is over. */
async function disturb(site: Site, disturbances: Disturbances, until: number): Promise<void> {
  const chosen = faults.filter(({ name }) => name.includes(values.fault));
  for (let number = 0; performance.now() < until; number += 1) {
    const fault = chosen[number % chosen.length];
    if (!fault) throw new Error(`no fault is called ${values.fault}`);
    const round = Math.floor(number / chosen.length);
    await sleep(QUIET_MS);
    const what = await disturbances.happen(fault.name, fault.mayFail, () => fault.inflict(site, round));
    say(rowOf(what));
    await site.completeCluster();
  }
  await sleep(QUIET_MS);
}

/** Keeps every defect with the requests before it, and what the processes and nginx said. */
function keepOutput(site: Site, ledger: Ledger): void {
  const folder = mkdtempSync('/tmp/postern-soak-');
  for (const [number, { output }] of site.processes.entries()) writeFileSync(join(folder, `${number}.log`), output);
  writeFileSync(join(folder, 'nginx.log'), site.nginx.process.stderr);
  writeFileSync(join(folder, 'findings.json'), JSON.stringify(ledger.findings, null, 2));
  say(`More about the defects is in ${folder}.`);
}

async function soak(site: Site, ledger: Ledger): Promise<number> {
  const disturbances = new Disturbances(ledger, kindNames);
  const setup = new Api(site.nginx, 'setup', ledger, disturbances);
  const tokens = await prepare(site, (...mutation) => setup.mutate(...mutation));
  const startedAt = performance.now();
  const crew = new Crew(site, tokens, ledger, disturbances);
  say(heading);
  try {
    await disturb(site, disturbances, startedAt + Number(values.minutes) * 60_000);
  } finally {
    await crew.stop();
  }
  const minutes = (performance.now() - startedAt) / 60_000;
  const { messages } = await verifyEnd(site, crew, ledger);
  crew.close();
  setup.close();
  say(`\n${minutes.toFixed(1)} minutes, ${site.processes.length} processes.`);
  say(summary(ledger, crew.users.length, messages));
  if (ledger.findings.length > 0) keepOutput(site, ledger);
  return ledger.findings.length;
}

const ledger = new Ledger();
const site = await startSite(Number(values.processes), (text) => ledger.found('UNEXPECTED', text));
try {
  process.exitCode = (await soak(site, ledger)) > 0 ? 1 : 0;
} finally {
  await site.close();
}
