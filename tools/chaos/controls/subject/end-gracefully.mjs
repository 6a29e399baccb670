const SHUTDOWN_MS = 20_000;

/** On SIGTERM: what runs is finished, then the bus and the process end. */
export function endGracefully(service, bus) {
  process.once('SIGTERM', () => {
    setTimeout(() => process.exit(1), SHUTDOWN_MS).unref();
    void service
      .stop()
      .then(() => bus.close())
      .then(
        () => process.exit(0),
        (error) => {
          console.error(error);
          process.exit(1);
        },
      );
  });
}
