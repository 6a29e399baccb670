import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** One registry per process; services of one process share it and are told apart by the label `service`. */
export const registry = new Registry();

const handled = new Counter({
  name: 'o2c_events_handled_total',
  help: 'Events handled.',
  labelNames: ['service', 'event_type'],
  registers: [registry],
});
const seconds = new Histogram({
  name: 'o2c_event_processing_seconds',
  help: 'Time of one handler call over a batch.',
  labelNames: ['service', 'event_type'],
  buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5],
  registers: [registry],
});
const setAsideTotal = new Counter({
  name: 'o2c_events_set_aside_total',
  help: 'Events set aside, to be tried again or dead.',
  labelNames: ['service', 'event_type', 'outcome'],
  registers: [registry],
});
const received = new Counter({
  name: 'o2c_events_received_total',
  help: 'Documents and webhooks that arrived at a door.',
  labelNames: ['connector', 'topic', 'outcome'],
  registers: [registry],
});

/** Gauges that are read from the database when somebody scrapes. */
export const gauges = {
  outboxPending: new Gauge({
    name: 'o2c_outbox_pending',
    help: 'Events committed but not yet published.',
    labelNames: ['service'],
    registers: [registry],
  }),
  outboxOldestAge: new Gauge({
    name: 'o2c_outbox_oldest_age_seconds',
    help: 'Age of the oldest unpublished event.',
    labelNames: ['service'],
    registers: [registry],
  }),
  deadLetters: new Gauge({
    name: 'o2c_dead_letter_messages',
    help: 'Messages set aside, by state.',
    labelNames: ['service', 'state'],
    registers: [registry],
  }),
  deliveries: new Gauge({
    name: 'o2c_deliveries',
    help: 'Effects on the outside world: still to be carried out, or given up.',
    labelNames: ['service', 'state'],
    registers: [registry],
  }),
  lag: new Gauge({
    name: 'kafka_consumergroup_group_lag',
    help: 'Records a group has still to read.',
    labelNames: ['cluster_name', 'group', 'topic', 'partition', 'member_host', 'consumer_id', 'client_id'],
    registers: [registry],
  }),
  sumLag: new Gauge({
    name: 'kafka_consumergroup_group_sum_lag',
    help: 'Records a group has still to read, over all partitions.',
    labelNames: ['cluster_name', 'group'],
    registers: [registry],
  }),
};

export type DoorOutcome = 'accepted' | 'duplicate' | 'rejected' | 'bad_signature';

/** What one service counts. Labels have few values: no order numbers, no error texts. */
export class ServiceMetrics {
  constructor(private readonly service: string) {}

  handled(eventType: string, count: number, durationSeconds: number): void {
    handled.inc({ service: this.service, event_type: eventType }, count);
    seconds.observe({ service: this.service, event_type: eventType }, durationSeconds);
  }

  setAside(eventType: string, outcome: 'retry' | 'dead'): void {
    setAsideTotal.inc({ service: this.service, event_type: eventType, outcome });
  }

  received(topic: string, outcome: DoorOutcome): void {
    received.inc({ connector: this.service, topic, outcome });
  }
}
