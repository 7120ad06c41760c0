package dev.migrator.kit.feed;

import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.events.v1.MigrationStatusChanged;
import dev.migrator.kit.avro.Messages;
import dev.migrator.kit.avro.Wire;
import dev.migrator.kit.topics.Topics;
import java.time.Duration;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.jboss.logging.Logger;

/**
 * Reads the whole status topic, from its beginning, and goes on. Ready once it has read what was there when it started.
 */
public final class StatusFeed implements AutoCloseable {
    /** Called by one thread, in the order of the topic's partitions. */
    public interface Listener {
        void accept(MigrationStatus status);

        /** The topic says that a migration is forgotten. */
        void forget(MigrationId id);

        /** This one, and another after it. */
        default Listener and(Listener other) {
            var first = this;
            return new Listener() {
                @Override
                public void accept(MigrationStatus status) {
                    first.accept(status);
                    other.accept(status);
                }

                @Override
                public void forget(MigrationId id) {
                    first.forget(id);
                    other.forget(id);
                }
            };
        }
    }

    private static final Logger LOG = Logger.getLogger(StatusFeed.class);

    private final TopicFeed feed;

    /** @param config of a consumer without a group */
    public StatusFeed(Map<String, Object> config, Wire wire, Listener listener) {
        this.feed = new TopicFeed(Topics.STATUS, config, wire, new Statuses(listener));
    }

    public StatusFeed start() {
        feed.start();
        return this;
    }

    public boolean caughtUp() {
        return feed.caughtUp();
    }

    /** Returns when everything was taken in that was there at the time of the call. @throws KafkaUnavailable if that takes longer */
    public void awaitEnd(Duration atMost) {
        feed.awaitEnd(atMost);
    }

    public boolean alive() {
        return feed.alive();
    }

    @Override
    public void close() {
        feed.close();
    }

    private record Statuses(Listener listener) implements TopicFeed.Reader {
        @Override
        public void accept(String key, SpecificRecord value) {
            if (value instanceof MigrationStatusChanged status) {
                listener.accept(Messages.status(status));
            } else {
                // only the lifecycle writes here; a record that is none of its own is not shown, and not hidden
                LOG.errorf("A record of the status topic is no status: key=%s", key);
            }
        }

        @Override
        public void forget(String key) {
            listener.forget(new MigrationId(key));
        }

        @Override
        public void unreadable(String key, Problem problem) {
            LOG.errorf("A record of the status topic is no status: key=%s, code=%s", key, problem.code());
        }
    }
}
