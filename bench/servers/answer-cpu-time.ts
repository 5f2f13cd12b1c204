/**
 * Sends the parent process the CPU time on request, and exits with it. A built Postern of any revision loads this with
 * `node --import`.
 */
process.on('message', () => process.send?.(process.cpuUsage()));
process.on('disconnect', () => process.exit());
