package dev.migrator.executor.stream;

import dev.migrator.kit.avro.Wire;
import org.apache.kafka.common.serialization.Serializer;

/** Publications as bytes. */
public final class Publications {
    private Publications() {}

    /** Events in our wire format, dead letters as they came. */
    public static Serializer<Publication> serializer(Wire wire) {
        return (_, publication) -> switch (publication) {
            case null -> null;
            case Publication.Event(var _, var value) -> wire.encode(value);
            case Publication.Letter(var _, var bytes) -> bytes;
        };
    }
}
