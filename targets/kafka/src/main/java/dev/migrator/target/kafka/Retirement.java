package dev.migrator.target.kafka;

import dev.migrator.core.kinds.AclTuple;
import dev.migrator.target.TargetException;
import dev.migrator.target.WriteGuard;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.acl.AclBinding;

/** Takes topics out of use and into use again: nobody may read or write, data and configs stay. */
final class Retirement {
    private final KafkaConnection connection;

    Retirement(KafkaConnection connection) {
        this.connection = connection;
    }

    /** By topic; ok when it carries both marks. */
    Map<String, Answer<String>> mark(Collection<String> topics, WriteGuard guard) throws TargetException {
        var answers = Bulk.send(marksOf(topics), _ -> 1, marks -> {
            guard.check();
            return connection.awaitEach(
                    "retire topics", connection.admin().createAcls(marks).values());
        });
        return byTopic(topics, answers);
    }

    /** By topic; ok when it carries neither mark. */
    Map<String, Answer<String>> lift(Collection<String> topics, WriteGuard guard) throws TargetException {
        var answers = Bulk.send(marksOf(topics), _ -> AclWrites.WEIGHT_OF_DELETE, marks -> {
            guard.check();
            return AclWrites.delete(connection, "take topics into use again", marks);
        });
        return byTopic(topics, answers);
    }

    private static List<AclBinding> marksOf(Collection<String> topics) {
        return topics.stream()
                .flatMap(topic -> AclTuple.retirementOf(topic).stream())
                .map(Acls::binding)
                .toList();
    }

    /** An error of either mark is the topic's. */
    private static <R> Map<String, Answer<String>> byTopic(
            Collection<String> topics, Map<AclBinding, Answer<R>> answers) {
        var all = new HashMap<String, Answer<String>>();
        topics.forEach(topic -> all.put(topic, Answer.ok(topic)));
        answers.forEach((mark, answer) -> {
            if (answer instanceof Answer.Err<R>(var error)) {
                all.put(mark.pattern().name(), Answer.err(error));
            }
        });
        return all;
    }
}
