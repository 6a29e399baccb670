#!/usr/bin/env bash
# Makes the topics with their settings. Partitions of a keyed topic never change afterwards: choose them well.
set -euo pipefail
brokers=$1
partitions=${TOPIC_PARTITIONS:-12}
replication=${TOPIC_REPLICATION:-1}
prefix=${TOPIC_PREFIX:-}
week=604800000
month=2419200000

make() { # name partitions config...
  local name=$1 count=$2
  shift 2
  /opt/kafka/bin/kafka-topics.sh --bootstrap-server "$brokers" --create --if-not-exists --topic "$prefix$name" \
    --partitions "$count" --replication-factor "$replication" $(printf -- "--config %s " "$@")
}

for topic in orders shipments invoices payments documents tasks; do
  make "$topic" "$partitions" "retention.ms=$week" max.message.bytes=1048576
  make "$topic.dlq" 1 "retention.ms=$month"
done
make reference "$partitions" cleanup.policy=compact
make reference.dlq 1 "retention.ms=$month"
