package dev.migrator.core.fleet;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.lifecycle.FactsCodec;
import dev.migrator.core.lifecycle.RecordCodec;

/** {@link FleetRun} as canonical JSON bytes for a state store, and back. */
public final class FleetRunCodec {
    private static final long FORMAT = 1;
    private static final String NAME = "fleet";

    private FleetRunCodec() {}

    public static byte[] bytes(FleetRun run) {
        return CanonicalJson.bytes(
                Value.object("format", Value.of(FORMAT), NAME, RecordCodec.write(run, FleetRun.class)));
    }

    /** @throws ProblemException with code {@code STA-FORMAT} if the bytes are no run of this format */
    public static FleetRun read(byte[] bytes) {
        return FactsCodec.read(bytes, FORMAT, NAME, FleetRun.class);
    }
}
