package dev.migrator.executor.stream;

import org.apache.avro.specific.SpecificRecord;

/** What the topology publishes. */
public sealed interface Publication {
    String topic();

    /** A record of ours. */
    record Event(String topic, SpecificRecord value) implements Publication {}

    /** Bytes that could not be read, as they came. */
    record Letter(String topic, byte[] value) implements Publication {}
}
