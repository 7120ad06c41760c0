package dev.migrator.core.rules;

import static dev.migrator.core.rules.Rule.error;
import static dev.migrator.core.rules.Rule.warning;

import java.util.List;

/** What a Connector manifest has to be beyond its shape. */
final class ConnectorRules {
    static final List<Rule> ALL = List.of(
            warning(
                    "CNR-ABSENT-TOPIC",
                    "a connector uses a topic that the bundle asks to be gone",
                    "the topics that spec.config names, and Topic manifests with state: absent",
                    "the connector fails once nobody may read or write the topic",
                    "write state: absent in the connector as well, or another topic"),
            error(
                    "CNR-DEAD-LETTERS",
                    "a connector reads what it puts aside",
                    "errors.deadletterqueue.topic.name and topics",
                    "a record that fails would come back for ever, so the worker refuses it",
                    "give failed records a topic of their own"),
            warning(
                    "CNR-LOST-RECORDS",
                    "records that fail are dropped and nobody hears of it",
                    "errors.tolerance: all without a topic for such records and without errors.log.enable",
                    "what is missing at the other end is noticed late, and cannot be found again",
                    "set errors.deadletterqueue.topic.name (sinks) or errors.log.enable"),
            error(
                    "CNR-NAME",
                    "no connector can have this name",
                    "the connector's real name: no control characters, no / and % and backslash, no space at the ends, and neither . nor"
                            + " ..",
                    "a worker refuses it, or, from Kafka 4 on, takes it and lets nobody change or delete it",
                    "choose another name or address"),
            error(
                    "CNR-RESERVED",
                    "this setting of a connector is not written here",
                    "name, connector.class and what begins with migrator. under spec.config",
                    "it would contradict spec.address and spec.class, or how a retired connector is marked",
                    "remove it"),
            error(
                    "CNR-SECRET",
                    "a connector's setting seems to hold a secret in plain text",
                    "names such as password, secret, token, credential, api.key, sasl.jaas.config, and URLs with a password"
                            + " in them",
                    "it would stand in git, in plans and in snapshots, for everybody to read",
                    "write ${secret:name}, or what the worker reads itself: $${file:/path:key}; so too after a false alarm,"
                            + " because such a value is never read back"),
            error(
                    "CNR-SECRET-PART",
                    "a secret reference is only a part of a connector's setting",
                    "values under spec.config with ${secret:name} and text around it",
                    "the secret of another environment could not be put in its place",
                    "put the whole value into the secret"),
            error(
                    "CNR-TASKS",
                    "a connector cannot have that many tasks",
                    "tasks.max, from 1 to 10000",
                    "the worker refuses it while the migration is under way",
                    "write a whole number"),
            error(
                    "CNR-TOPIC-NAME",
                    "a connector names a topic that cannot exist",
                    "topics, topic, kafka.topic and errors.deadletterqueue.topic.name",
                    "its tasks fail as soon as they start",
                    "correct the name"),
            error(
                    "CNR-TOPICS",
                    "a connector names its topics twice",
                    "topics and topics.regex",
                    "the worker refuses a sink that has both",
                    "remove one of them"),
            error(
                    "CNR-TRANSFORM",
                    "a transform or predicate of a connector has no type",
                    "the names in transforms and predicates, and the .type of each",
                    "the worker refuses it while the migration is under way",
                    "write its class, or take it out of the list"),
            warning(
                    "CNR-TRANSFORM-UNUSED",
                    "a connector has settings of a transform or predicate it does not use",
                    "settings that begin with transforms. or predicates., and the lists",
                    "it seems to change records and does not",
                    "add it to the list, or remove its settings"));

    private ConnectorRules() {}
}
