/** This machine has no Java or cannot get the jars. Anything else that goes wrong is an ordinary error. */
export class KafkaUnavailable extends Error {
  name = 'KafkaUnavailable';
}
