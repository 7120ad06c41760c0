package dev.migrator.kit.feed;

import dev.migrator.core.error.Problem;
import dev.migrator.core.fleet.FleetId;
import dev.migrator.core.fleet.FleetStatus;
import dev.migrator.events.v1.FleetStatusChanged;
import dev.migrator.kit.avro.FleetMessages;
import dev.migrator.kit.avro.Wire;
import dev.migrator.kit.topics.Topics;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.jboss.logging.Logger;

/** Reads what there is about runs of fleets from its beginning, and goes on. Ready once it has read what was there when it started. */
public final class FleetFeed implements AutoCloseable {
    /** Called by one thread, in the order of the topic's partitions. */
    public interface Listener {
        void accept(FleetStatus status);

        /** The topic says that a run is forgotten. */
        void forget(FleetId id);
    }

    private static final Logger LOG = Logger.getLogger(FleetFeed.class);

    private final TopicFeed feed;

    /** @param config of a consumer without a group */
    public FleetFeed(Map<String, Object> config, Wire wire, Listener listener) {
        this.feed = new TopicFeed(Topics.FLEET_STATUS, config, wire, new Statuses(listener));
    }

    public FleetFeed start() {
        feed.start();
        return this;
    }

    public boolean caughtUp() {
        return feed.caughtUp();
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
            if (value instanceof FleetStatusChanged status) {
                listener.accept(FleetMessages.status(status));
            } else {
                LOG.errorf("A record of the topic of fleets is no status: key=%s", key);
            }
        }

        @Override
        public void forget(String key) {
            listener.forget(new FleetId(key));
        }

        @Override
        public void unreadable(String key, Problem problem) {
            LOG.errorf("A record of the topic of fleets is no status: key=%s, code=%s", key, problem.code());
        }
    }
}
