package dev.migrator.target.kafka;

import dev.migrator.core.error.Problem;
import dev.migrator.target.Pauses;
import dev.migrator.target.TargetException;
import dev.migrator.target.WriteGuard;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;

/**
 * Proves that every broker shows all writes acknowledged so far: writes a marker, waits until each broker shows it, and
 * removes it.
 *
 * <p>Why one ACL proves all else as well: the controller puts every change into one log, and each broker takes
 * that log up in order, in one thread. For each piece of it the broker first swaps the image that topics, configs, quotas
 * and users are answered from, then opens partitions, hands over quotas and users to whatever counts and lets in clients,
 * and ACLs last, one by one in the order of the log ({@code BrokerMetadataPublisher}). A broker that shows the marker has done all that for everything before it.
 *
 * <p>What it cannot prove: a broker that the cluster counts as dead, but that is alive and cut off from the controllers,
 * is not asked, and goes on answering old states to a client that reaches it.
 */
final class Settlement {
    private static final System.Logger LOG = System.getLogger(Settlement.class.getName());

    /** A marker of this age is nobody's any more. */
    private static final Duration LEFT_BEHIND = Duration.ofHours(1);

    private static final Duration SHORTEST_QUESTION = Duration.ofMillis(100);
    private static final Duration LONGEST_QUESTION = Duration.ofSeconds(3);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(200);

    private final KafkaConnection connection;
    private final Clock clock;
    private final LongAdder waitedNanos = new LongAdder();

    Settlement(KafkaConnection connection, Clock clock) {
        this.connection = connection;
        this.clock = clock;
    }

    /**
     * Settles once.
     *
     * @param atMost more than zero; a broker that hangs can draw it out by one call time-out
     * @throws TargetException.Unavailable {@code TGT-NOT-SETTLED} if a broker did not show the marker in time
     * @throws TargetException.Fenced if the guard says so before a write
     */
    void settle(Duration atMost, WriteGuard guard) throws TargetException {
        long begun = System.nanoTime();
        try {
            settle(begun + atMost.toNanos(), atMost, guard);
        } finally {
            waitedNanos.add(System.nanoTime() - begun);
        }
    }

    /** How long all settling has taken so far. */
    Duration waited() {
        return Duration.ofNanos(waitedNanos.sum());
    }

    private void settle(long deadline, Duration atMost, WriteGuard guard) throws TargetException {
        var marker = SettleMarker.at(clock.instant());
        var markers = write(marker, guard);
        try {
            awaitEverywhere(markers, marker, oneQuestion(atMost), deadline);
        } catch (TargetException e) {
            cleanUp(markers, marker, guard);
            throw e;
        }
        cleanUp(markers, marker, guard);
    }

    private Markers write(SettleMarker marker, WriteGuard guard) throws TargetException {
        guard.check();
        var acls = new AclMarkers(connection);
        try {
            acls.write(marker);
            return acls;
        } catch (TargetException.Refused e) {
            if (!e.problem().code().equals(Faults.NO_AUTHORIZER)) {
                throw e;
            }
        }
        guard.check();
        var quotas = new QuotaMarkers(connection);
        quotas.write(marker);
        return quotas;
    }

    private void awaitEverywhere(Markers markers, SettleMarker marker, Duration question, long deadline)
            throws TargetException {
        var proven = new HashSet<Integer>();
        try (var client = new NodeClient(connection.settings(), question)) {
            for (Duration pause = FIRST_PAUSE; ; pause = longer(pause)) {
                // asked anew each time: one broker may have gone and another may have come
                var missing = new ArrayList<>(brokers());
                missing.removeIf(node -> proven.contains(node.id()));
                for (var node : List.copyOf(missing)) {
                    if (isShown(markers, marker, client, node)) {
                        proven.add(node.id());
                        missing.remove(node);
                    }
                }
                if (missing.isEmpty() && !proven.isEmpty()) {
                    return;
                }
                if (left(deadline).compareTo(pause) < 0) {
                    throw notSettled(missing);
                }
                Pauses.pause(pause, "wait until brokers show all writes");
            }
        } catch (KafkaException e) {
            throw Faults.of("ask each broker for the settle marker", e);
        }
    }

    private Collection<Node> brokers() throws TargetException {
        return connection.await(
                "list the brokers", connection.admin().describeCluster().nodes());
    }

    private static boolean isShown(Markers markers, SettleMarker marker, NodeClient client, Node node) {
        try {
            return markers.isShown(marker, client, node);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "A broker cannot be asked now; it is asked again", e);
            return false;
        } catch (KafkaException e) {
            if (Faults.mayPass(e)) {
                return false;
            }
            throw e;
        }
    }

    /** Of no consequence to what was proven, so a cluster that cannot be reached leaves it to the next settle. */
    private void cleanUp(Markers markers, SettleMarker marker, WriteGuard guard) throws TargetException.Fenced {
        try {
            var names = leftBehind(markers);
            names.add(marker.name());
            guard.check();
            markers.remove(names);
        } catch (TargetException.Fenced e) {
            throw e;
        } catch (TargetException e) {
            LOG.log(System.Logger.Level.WARNING, "A settle marker is left to the next settle", e);
        }
    }

    private Set<String> leftBehind(Markers markers) throws TargetException {
        var before = clock.instant().minus(LEFT_BEHIND);
        return markers.names().stream()
                .filter(name -> SettleMarker.madeAt(name)
                        .filter(made -> made.isBefore(before))
                        .isPresent())
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static Duration left(long deadline) {
        return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    }

    /** A part of the whole: one broker that hangs leaves time to ask the others, and itself again. */
    private static Duration oneQuestion(Duration atMost) {
        Duration part = atMost.dividedBy(4);
        Duration atLeast = part.compareTo(SHORTEST_QUESTION) < 0 ? SHORTEST_QUESTION : part;
        return atLeast.compareTo(LONGEST_QUESTION) < 0 ? atLeast : LONGEST_QUESTION;
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }

    private static TargetException.Unavailable notSettled(Collection<Node> missing) {
        String ids = missing.stream().map(Node::idString).sorted().collect(Collectors.joining(", "));
        return new TargetException.Unavailable(
                Problem.of("TGT-NOT-SETTLED", "not every broker shows all writes yet")
                        .about("brokers " + ids)
                        .expected("each shows a marker written after them")
                        .found("they do not, or cannot be asked")
                        .todo("try again; look at the brokers named if it stays so"),
                null);
    }
}
