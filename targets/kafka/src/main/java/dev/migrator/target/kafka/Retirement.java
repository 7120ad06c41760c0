package dev.migrator.target.kafka;

import dev.migrator.core.kinds.AclTuple;
import dev.migrator.target.TargetException;
import dev.migrator.target.WriteGuard;
import java.util.ArrayList;
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
        return write(topics, marksOf(topics), guard);
    }

    /** By topic; ok when it carries both marks and the one that says: whether it goes or stays is not decided yet. */
    Map<String, Answer<String>> close(Collection<String> topics, WriteGuard guard) throws TargetException {
        var all = new ArrayList<>(removalsOf(topics)); // first: whoever sees the others sees it too
        all.addAll(marksOf(topics));
        return write(topics, all, guard);
    }

    /** It stays, out of use. By topic; ok when nothing says any more that this is not decided. */
    Map<String, Answer<String>> keep(Collection<String> topics, WriteGuard guard) throws TargetException {
        return remove(topics, removalsOf(topics), guard);
    }

    private Map<String, Answer<String>> write(Collection<String> topics, List<AclBinding> all, WriteGuard guard)
            throws TargetException {
        var answers = Bulk.send(all, _ -> 1, marks -> {
            guard.check();
            return connection.awaitEach(
                    "retire topics", connection.admin().createAcls(marks).values());
        });
        return byTopic(topics, answers);
    }

    /** By topic; ok when it carries no mark. */
    Map<String, Answer<String>> lift(Collection<String> topics, WriteGuard guard) throws TargetException {
        var all = new ArrayList<>(marksOf(topics));
        all.addAll(removalsOf(topics));
        return remove(topics, all, guard);
    }

    private Map<String, Answer<String>> remove(Collection<String> topics, List<AclBinding> all, WriteGuard guard)
            throws TargetException {
        var answers = Bulk.send(all, _ -> AclWrites.WEIGHT_OF_DELETE, marks -> {
            guard.check();
            return AclWrites.delete(connection, "take marks from topics", marks);
        });
        return byTopic(topics, answers);
    }

    private static List<AclBinding> marksOf(Collection<String> topics) {
        return topics.stream()
                .flatMap(topic -> AclTuple.retirementOf(topic).stream())
                .map(Acls::binding)
                .toList();
    }

    private static List<AclBinding> removalsOf(Collection<String> topics) {
        return topics.stream().map(Acls::removalOf).map(Acls::binding).toList();
    }

    /** An error of any mark is the topic's. */
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
