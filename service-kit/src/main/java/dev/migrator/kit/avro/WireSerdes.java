package dev.migrator.kit.avro;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;

/** The wire format for Kafka clients and Kafka Streams. */
public final class WireSerdes {
    private WireSerdes() {}

    /** @return throws {@link RegistryUnavailable} only for a schema whose id was never known */
    public static Serializer<SpecificRecord> serializer(Wire wire) {
        return (topic, value) -> value == null ? null : wire.encode(value);
    }

    /** Never throws on any bytes, see {@link Wire#decode}. */
    public static Deserializer<Decoded> deserializer(Wire wire) {
        return (topic, bytes) -> bytes == null ? null : wire.decode(bytes);
    }

    /** Reads anything, and writes what was read: bytes that could not be read go out as they came in. */
    public static Serde<Decoded> decoded(Wire wire) {
        return Serdes.serdeFrom(
                (topic, value) -> switch (value) {
                    case null -> null;
                    case Decoded.Message(var message) -> wire.encode(message);
                    case Decoded.Undecodable(var raw, var _) -> raw;
                    case Decoded.Unresolved(var raw, var _) -> raw;
                },
                deserializer(wire));
    }

    /** For topics that Kafka Streams only writes. Reading fails on what is not a record of ours. */
    public static Serde<SpecificRecord> records(Wire wire) {
        return Serdes.serdeFrom(serializer(wire), (topic, bytes) -> switch (wire.decode(bytes)) {
            case Decoded.Message(var message) -> message;
            case Decoded.Undecodable(var _, var problem) ->
                throw new org.apache.kafka.common.errors.SerializationException(problem.toString());
            case Decoded.Unresolved(var _, var problem) ->
                throw new RegistryUnavailable("read a record", problem.found(), null);
        });
    }
}
