const listed = (...addresses) => addresses.filter((address) => address !== undefined).join(',');

/**
 * The settings of a single node that is broker and controller at once, as text for server.properties.
 *
 * @param {{ port: number, controllerPort: number, dataDir: string, proxied?: { port: number, advertised: number } }} where
 *   `proxied`: a second door, whose clients are told to come back to another port, that of a proxy in front of it.
 */
export function serverProperties({ port, controllerPort, dataDir, proxied }) {
  return `${Object.entries({
    'process.roles': 'broker,controller',
    'node.id': 1,
    // A fixed list of voters, because then nothing in a formatted folder names a port and the folder can be copied.
    'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
    'controller.listener.names': 'CONTROLLER',
    listeners: listed(
      `PLAINTEXT://127.0.0.1:${port}`,
      proxied && `PROXIED://127.0.0.1:${proxied.port}`,
      `CONTROLLER://127.0.0.1:${controllerPort}`,
    ),
    'advertised.listeners': listed(
      `PLAINTEXT://127.0.0.1:${port}`,
      proxied && `PROXIED://127.0.0.1:${proxied.advertised}`,
    ),
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,PROXIED:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'inter.broker.listener.name': 'PLAINTEXT',
    'log.dirs': dataDir,
    // Topics are created on purpose, with the partitions somebody chose.
    'auto.create.topics.enable': false,
    'num.partitions': 3,
    // One broker cannot keep three copies; with the defaults no group would ever find its coordinator.
    'offsets.topic.replication.factor': 1,
    'offsets.topic.num.partitions': 4,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'transaction.state.log.num.partitions': 4,
    'share.coordinator.state.topic.replication.factor': 1,
    'share.coordinator.state.topic.min.isr': 1,
    // Tests join at once and notice a dead member soon.
    'group.initial.rebalance.delay.ms': 0,
    'group.min.session.timeout.ms': 1000,
    // After a kill -9 a broker must wait for its old registration to run out before it may register again.
    'broker.session.timeout.ms': 3000,
    'broker.heartbeat.interval.ms': 500,
    // Small: the default cleaner buffer alone is a quarter of our heap.
    'log.cleaner.dedupe.buffer.size': 16_777_216,
    'num.network.threads': 2,
    'num.io.threads': 4,
  })
    .map(([name, value]) => `${name}=${value}`)
    .join('\n')}\n`;
}
