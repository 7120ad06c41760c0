package dev.migrator.kit.avro;

import dev.migrator.core.error.Problem;
import org.apache.avro.specific.SpecificRecord;

/** What became of a record's bytes. */
public sealed interface Decoded {
    record Message(SpecificRecord value) implements Decoded {}

    /** The bytes themselves are wrong; reading them again gives the same. Goes to the dead letters. */
    record Undecodable(byte[] raw, Problem problem) implements Decoded {}

    /** The registry does not answer, so nothing is known about these bytes yet. Decode them again later. */
    record Unresolved(byte[] raw, Problem problem) implements Decoded {}
}
