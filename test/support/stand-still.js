// Lets the event loop of a process under test stand still from SIGUSR2 on. Preloaded with `--import`.
process.on('SIGUSR2', () => {
  for (;;);
});
