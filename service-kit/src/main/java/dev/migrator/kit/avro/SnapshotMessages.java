package dev.migrator.kit.avro;

import dev.migrator.core.snapshot.SnapshotOrder;
import dev.migrator.events.v1.SnapshotOrdered;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/** Orders for snapshots as records and back; times have milliseconds. */
public final class SnapshotMessages {
    private SnapshotMessages() {}

    public static SnapshotOrdered of(SnapshotOrder order) {
        return new SnapshotOrdered(
                order.environment(),
                order.request(),
                order.target().orElse(null),
                order.by(),
                order.at().truncatedTo(ChronoUnit.MILLIS));
    }

    /**
     * Empty for every other record.
     *
     * @throws dev.migrator.core.error.ProblemException {@code SNP-REQUEST} for an order under an id that cannot be
     */
    public static Optional<SnapshotOrder> order(SpecificRecord event) {
        return event instanceof SnapshotOrdered order
                ? Optional.of(new SnapshotOrder(
                        order.getEnvironment(),
                        order.getRequestId(),
                        Optional.ofNullable(order.getTarget()),
                        order.getBy(),
                        order.getAt()))
                : Optional.empty();
    }
}
