/** Ends the process with one plain sentence on a Node that Postern cannot run on. */
export function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 17)) return;
  process.stderr.write(
    `Postern needs Node 22.17 or newer, and this is ${process.versions.node}: run it with "npm start", which brings its own where "npm ci" installed the optional dependencies.\n`,
  );
  process.exit(1);
}
