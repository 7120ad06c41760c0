package dev.migrator.kit.worker;

import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.Fact;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.kit.avro.Messages;
import org.apache.avro.specific.SpecificRecord;
import org.jboss.logging.Logger;

/** Publishes WorkDelayed for the migration that a waiting record belongs to, keyed by its environment. */
public final class WorkDelays implements DelayListener {
    private static final Logger LOG = Logger.getLogger(WorkDelays.class);

    private final Publisher publisher;
    private final String topic;
    private final String service;

    /**
     * @param topic where this service answers, e.g. {@link dev.migrator.kit.topics.Topics#PLANS}
     * @param service who waits, e.g. {@code planner}
     */
    public WorkDelays(Publisher publisher, String topic, String service) {
        this.publisher = publisher;
        this.topic = topic;
        this.service = service;
    }

    @Override
    public void delayed(Task task, Problem problem) {
        String id = field(task.value(), "migrationId");
        String environment = field(task.value(), "environment");
        var fact = new Fact.WorkDelayed(new MigrationId(id), service, problem);
        publisher.sendAsync(topic, environment, Messages.of(fact)).whenComplete((sent, error) -> {
            if (error != null) {
                LOG.warnf("A delay cannot be published: migrationId=%s, error=%s", id, error.getMessage());
            }
        });
    }

    private static String field(SpecificRecord value, String name) {
        var field = value.getSchema().getField(name);
        return field == null ? "" : String.valueOf(value.get(field.pos()));
    }
}
