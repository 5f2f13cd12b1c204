import { build, canBuild, isBuilt } from './build-tools.js';
import { fail } from './installed-node.js';

const say = (text) =>
  process.stdout.write(
    process.stdout.isTTY ? `${text}\n` : `${JSON.stringify({ level: 30, time: Date.now(), msg: text })}\n`,
  );

/** Starts Postern, and builds it first if there is no build. */
export async function startServer() {
  say(`Postern is starting${process.env.NODE_ENV === 'production' ? '' : ' in development mode'} …`);
  if (!isBuilt()) {
    if (!canBuild())
      fail(
        'Postern is not built, and the development dependencies that build it are not installed. Run npm ci, then npm prune --omit=dev to remove them again.',
      );
    say('No build found; building …');
    build();
  }
  await import('../dist/bundle/main.js');
}
