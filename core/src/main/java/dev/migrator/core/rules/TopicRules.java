package dev.migrator.core.rules;

import static dev.migrator.core.rules.Rule.error;
import static dev.migrator.core.rules.Rule.warning;

import java.util.List;

/** What a Topic manifest has to be beyond its shape. */
final class TopicRules {
    static final List<Rule> ALL = List.of(
            error(
                    "TOP-COLLISION",
                    "two topics differ only in '.' and '_'",
                    "the names of all topics, with dots read as underscores",
                    "Kafka names metrics that way and refuses the second topic",
                    "give them names that differ otherwise"),
            warning(
                    "TOP-CONFIG-UNKNOWN",
                    "this topic configuration is not one of Kafka 4",
                    "the names under spec.config",
                    "a broker refuses a setting that it does not know, and with it the topic",
                    "correct the name; leave it when your brokers know more than Apache Kafka does"),
            error(
                    "TOP-CONFIG-VALUE",
                    "a topic configuration has a value that Kafka refuses",
                    "values under spec.config that have to be whole numbers",
                    "the broker refuses it while the migration is under way",
                    "write the number without a unit, e.g. 604800000 for seven days"),
            error(
                    "TOP-INTERNAL",
                    "topics that begin with __ belong to Kafka itself and are not managed",
                    "the topic's real name",
                    "brokers make and change these themselves; a wrong setting there stops the cluster",
                    "remove the manifest"),
            error(
                    "TOP-NAME",
                    "Kafka does not accept this topic name",
                    "the topic's real name: 1 to 249 letters, digits, '.', '_' and '-', and neither . nor ..",
                    "the broker refuses it while the migration is under way",
                    "choose another name or address"));

    private TopicRules() {}
}
