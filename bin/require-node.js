/** Exits with a one-line message on a Node version that Postern does not support. */
export function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 17)) return;
  process.stderr.write(
    `Postern requires Node 22.17 or newer; this is Node ${process.versions.node}. Run it with "npm start", which uses the Node that "npm ci" installs with the optional dependencies.\n`,
  );
  process.exit(1);
}
