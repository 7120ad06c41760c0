package dev.migrator.kit.feed;

import dev.migrator.core.drill.DrillReport;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.events.v1.DrillReported;
import dev.migrator.kit.avro.DrillMessages;
import dev.migrator.kit.avro.Wire;
import dev.migrator.kit.topics.Topics;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.jboss.logging.Logger;

/** Reads what came of drills from its beginning, and goes on. Ready once it has read what was there when it started. */
public final class DrillFeed implements AutoCloseable {
    /** Called by one thread, in the order of the topic's partitions. */
    public interface Listener {
        void accept(DrillReport report);

        /** The topic says that a drill is forgotten. */
        void forget(String environment, String request);
    }

    private static final Logger LOG = Logger.getLogger(DrillFeed.class);

    private final TopicFeed feed;

    /** @param config of a consumer without a group */
    public DrillFeed(Map<String, Object> config, Wire wire, Listener listener) {
        this.feed = new TopicFeed(Topics.DRILLS, config, wire, new Reports(listener));
    }

    public DrillFeed start() {
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

    private record Reports(Listener listener) implements TopicFeed.Reader {
        @Override
        public void accept(String key, SpecificRecord value) {
            if (value instanceof DrillReported reported) {
                try {
                    listener.accept(DrillMessages.report(reported));
                } catch (ProblemException e) {
                    unreadable(key, e.problem()); // such as a fault of a later version
                }
            } else {
                LOG.errorf("A record of the topic of drills is no report: key=%s", key);
            }
        }

        @Override
        public void forget(String key) {
            int slash = key.lastIndexOf('/'); // no request has one
            listener.forget(key.substring(0, Math.max(0, slash)), key.substring(slash + 1));
        }

        @Override
        public void unreadable(String key, Problem problem) {
            LOG.errorf("A record of the topic of drills is no report: key=%s, code=%s", key, problem.code());
        }
    }
}
