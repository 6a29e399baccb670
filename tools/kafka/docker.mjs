// Kafka in a container, for machines that have Docker but no Java. Written against @testcontainers/kafka 12 and not yet
// run: the machine this was built on has no Docker engine. Only "there is no engine" is tested.
import { access } from 'node:fs/promises';

/** Confluent's image of Kafka 4.1; it runs KRaft by default. */
const IMAGE = 'confluentinc/cp-kafka:8.1.0';

/** @returns {Promise<{ brokers: string[], containerId: string, from: 'docker' } | undefined>} undefined without an engine. */
export async function startInDocker() {
  if (!(await mayHaveEngine())) return undefined;
  // The reaper would remove the container as soon as the Jest worker that started it ends. We remove it by id instead.
  process.env.TESTCONTAINERS_RYUK_DISABLED = 'true';
  const { getContainerRuntimeClient } = await import('testcontainers');
  try {
    await getContainerRuntimeClient();
  } catch {
    return undefined;
  }
  try {
    return await startContainer();
  } catch (error) {
    // An engine without the image and without a network: the jars may still be there.
    console.warn(`Docker answers, but Kafka does not start in it: ${error.message}`);
    return undefined;
  }
}

async function startContainer() {
  const { KafkaContainer } = await import('@testcontainers/kafka');
  const container = await new KafkaContainer(IMAGE)
    .withEnvironment({ KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false' })
    .start();
  const brokers = [`${container.getHost()}:${container.getMappedPort(9093)}`];
  return { brokers, containerId: container.getId(), from: 'docker' };
}

/** @param {string} containerId */
export async function stopInDocker(containerId) {
  const { getContainerRuntimeClient } = await import('testcontainers');
  const { container } = await getContainerRuntimeClient();
  await container.getById(containerId).remove({ force: true, v: true });
}

/** Loading testcontainers takes a second; look first whether there is anything to talk to. */
async function mayHaveEngine() {
  if (process.env.DOCKER_HOST) return true;
  const sockets = ['/var/run/docker.sock', `${process.env.HOME}/.docker/run/docker.sock`];
  const found = await Promise.allSettled(sockets.map((path) => access(path)));
  return found.some(({ status }) => status === 'fulfilled');
}
