package dev.migrator.kit.topics;

import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.kit.kafka.KafkaUnavailable;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jboss.logging.Logger;

/** Makes the topics that are missing and checks those that are there. Safe to run in every service at once. */
public final class TopicsBootstrap {
    private static final Logger LOG = Logger.getLogger(TopicsBootstrap.class);
    private static final long PATIENCE_SECONDS = 30;
    /** After a creation was acknowledged, brokers may say "unknown" for seconds. */
    private static final int LOOKS = 60;

    private TopicsBootstrap() {}

    /** As {@link #ensure(Admin, List)}, for {@link Topics#ALL}. */
    public static List<String> ensure(Admin admin) {
        return ensure(admin, Topics.ALL);
    }

    /**
     * Returns when all topics are there and have the stated number of partitions. Other settings are only compared;
     * what differs is logged and returned, and left as somebody set it.
     *
     * @return one line for each setting that differs
     * @throws ProblemException {@code TOP-PARTITIONS} or {@code TOP-REFUSED}: the service must not start
     * @throws KafkaUnavailable if the broker does not answer: try again
     */
    public static List<String> ensure(Admin admin, List<TopicSpec> specs) {
        var found = describe(admin, specs);
        create(admin, specs.stream().filter(s -> !found.containsKey(s.name())).toList());
        for (int look = 1; found.size() < specs.size(); look++) {
            found.putAll(describe(admin, specs));
            if (found.size() < specs.size() && look >= LOOKS) {
                throw new KafkaUnavailable(
                        "create topics", new TimeoutException("some topics were created and are not shown yet"));
            }
            if (found.size() < specs.size()) {
                pause();
            }
        }
        specs.forEach(spec -> checkPartitions(spec, found.get(spec.name())));
        List<String> differences = compare(admin, specs);
        differences.forEach(line -> LOG.warnf("A topic's setting differs and is left as it is: %s", line));
        return differences;
    }

    private static Map<String, TopicDescription> describe(Admin admin, Collection<TopicSpec> specs) {
        Map<String, TopicDescription> found = new HashMap<>();
        admin.describeTopics(specs.stream().map(TopicSpec::name).toList())
                .topicNameValues()
                .forEach((name, future) -> {
                    try {
                        found.put(name, await("describe " + name, future));
                    } catch (Refused e) {
                        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                            throw refused(name, e.getCause());
                        }
                    }
                });
        return found;
    }

    private static void create(Admin admin, List<TopicSpec> missing) {
        admin.createTopics(missing.stream().map(TopicsBootstrap::newTopic).toList())
                .values()
                .forEach((name, future) -> {
                    try {
                        await("create " + name, future);
                        LOG.infof("Created a topic: topic=%s", name);
                    } catch (Refused e) {
                        if (!(e.getCause() instanceof TopicExistsException)) { // made by another service meanwhile
                            throw refused(name, e.getCause());
                        }
                    }
                });
    }

    private static NewTopic newTopic(TopicSpec spec) {
        return new NewTopic(spec.name(), Optional.of(spec.partitions()), Optional.empty()).configs(spec.configs());
    }

    private static void checkPartitions(TopicSpec spec, TopicDescription found) {
        int count = found.partitions().size();
        if (count != spec.partitions()) {
            throw new ProblemException(Problem.of("TOP-PARTITIONS", "a topic has another number of partitions")
                    .about("topic " + spec.name())
                    .expected(spec.partitions() + " partitions")
                    .found(count + " partitions")
                    .todo("stop all services, and make the topic anew with the expected number"));
        }
    }

    private static List<String> compare(Admin admin, List<TopicSpec> specs) {
        var resources = specs.stream()
                .map(s -> new ConfigResource(ConfigResource.Type.TOPIC, s.name()))
                .toList();
        Map<ConfigResource, Config> configs;
        try {
            configs = await("describe configs", admin.describeConfigs(resources).all());
        } catch (Refused e) {
            return List.of("settings cannot be read: " + e.getCause().getMessage());
        }
        return specs.stream()
                .flatMap(spec ->
                        differences(spec, configs.get(new ConfigResource(ConfigResource.Type.TOPIC, spec.name()))))
                .toList();
    }

    private static java.util.stream.Stream<String> differences(TopicSpec spec, Config found) {
        return spec.configs().entrySet().stream()
                .filter(wanted ->
                        !wanted.getValue().equals(found.get(wanted.getKey()).value()))
                .map(wanted -> spec.name() + " " + wanted.getKey() + ": expected " + wanted.getValue() + ", found "
                        + found.get(wanted.getKey()).value());
    }

    private static ProblemException refused(String topic, Throwable cause) {
        var found = cause instanceof AuthorizationException ? "not allowed" : String.valueOf(cause.getMessage());
        return new ProblemException(
                Problem.of("TOP-REFUSED", "the broker refuses to show or make a topic")
                        .about("topic " + topic)
                        .expected("DESCRIBE, and CREATE while it is missing, for this service's user")
                        .found(found)
                        .todo("give the user these rights, or make the topic by hand"),
                cause);
    }

    private static <T> T await(String doing, KafkaFuture<T> future) throws Refused {
        try {
            return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            boolean answered = cause instanceof UnknownTopicOrPartitionException
                    || cause instanceof TopicExistsException
                    || !(cause instanceof org.apache.kafka.common.errors.RetriableException);
            if (answered && cause instanceof org.apache.kafka.common.errors.ApiException) {
                throw new Refused(cause);
            }
            throw new KafkaUnavailable(doing, cause);
        } catch (TimeoutException e) {
            throw new KafkaUnavailable(doing, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaUnavailable(doing, e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaUnavailable("wait for topics", e);
        }
    }

    /** The broker answered, and the answer is no. */
    private static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(Throwable cause) {
            super(cause);
        }
    }
}
