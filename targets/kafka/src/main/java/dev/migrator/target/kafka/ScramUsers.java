package dev.migrator.target.kafka;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.kinds.KafkaUserKind;
import dev.migrator.core.model.Content;
import dev.migrator.target.TargetException;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.UserScramCredentialsDescription;

/** Reads who can log in with SCRAM and how: all in one request. What the passwords are, Kafka does not tell. */
final class ScramUsers {
    private final KafkaConnection connection;

    ScramUsers(KafkaConnection connection) {
        this.connection = connection;
    }

    /** Contents by name. */
    SortedMap<String, Content> all() throws TargetException {
        var found = new TreeMap<String, Content>();
        connection
                .await(
                        "describe users",
                        connection.admin().describeUserScramCredentials().all())
                .forEach((name, user) -> found.put(name, content(user)));
        return found;
    }

    private static Content content(UserScramCredentialsDescription user) {
        var fields = new TreeMap<String, Value>();
        user.credentialInfos()
                .forEach(how -> fields.put(
                        KafkaUserKind.ITERATIONS + how.mechanism().mechanismName(), Value.of(how.iterations())));
        return new Content(fields);
    }
}
