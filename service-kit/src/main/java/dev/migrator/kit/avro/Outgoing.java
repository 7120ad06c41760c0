package dev.migrator.kit.avro;

import org.apache.avro.specific.SpecificRecord;

/** A record with the topic and key it belongs to. */
public record Outgoing(String topic, String key, SpecificRecord value) {}
