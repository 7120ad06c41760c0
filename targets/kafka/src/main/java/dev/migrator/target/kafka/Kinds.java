package dev.migrator.target.kafka;

import java.util.List;

/** What a cluster holds, in the order in which it is created. */
final class Kinds {
    static final String USER = "scram-user";
    static final String TOPIC = "topic";
    static final String QUOTA = "quota";
    static final String ACL = "acl";
    static final List<String> ALL = List.of(USER, TOPIC, QUOTA, ACL);

    private Kinds() {}

    static String known(String kind) {
        if (!ALL.contains(kind)) {
            throw new IllegalArgumentException("Kafka holds " + ALL + ", found " + kind);
        }
        return kind;
    }
}
