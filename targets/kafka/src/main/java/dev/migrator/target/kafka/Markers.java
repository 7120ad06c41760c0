package dev.migrator.target.kafka;

import dev.migrator.target.TargetException;
import java.io.IOException;
import java.util.Collection;
import java.util.Set;
import org.apache.kafka.common.Node;

/** How settle markers are written, looked for on one broker, and removed. */
interface Markers {
    void write(SettleMarker marker) throws TargetException;

    /**
     * Whether that broker shows it.
     *
     * @throws IOException if the broker cannot be asked now
     * @throws org.apache.kafka.common.KafkaException if it refuses to answer
     */
    boolean isShown(SettleMarker marker, NodeClient client, Node node) throws IOException;

    /** Names of all there are, of this run or another. */
    Set<String> names() throws TargetException;

    void remove(Collection<String> names) throws TargetException;
}
