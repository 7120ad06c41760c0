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
                    "TOP-CONFIG-CONFLICT",
                    "two topic configurations contradict each other",
                    "min.compaction.lag.ms and max.compaction.lag.ms; of a tiered topic, local.retention and retention",
                    "the broker refuses both while the migration is under way",
                    "correct one of them"),
            error(
                    "TOP-CONFIG-VALUE",
                    "a topic configuration has a value that Kafka refuses",
                    "values under spec.config, against the words and ranges of Kafka 4",
                    "the broker refuses it while the migration is under way",
                    "write the number without a unit, e.g. 604800000 for seven days"),
            error(
                    "TOP-INTERNAL",
                    "topics that begin with __ belong to Kafka itself and are not managed",
                    "the topic's real name",
                    "brokers make and change these themselves; a wrong setting there stops the cluster",
                    "remove the manifest"),
            error(
                    "TOP-MIN-INSYNC",
                    "more copies have to be in sync than there are",
                    "min.insync.replicas and replicationFactor",
                    "nobody can write to the topic with acks=all",
                    "lower min.insync.replicas, or raise replicationFactor"),
            error(
                    "TOP-NAME",
                    "Kafka does not accept this topic name",
                    "the topic's real name: 1 to 249 letters, digits, '.', '_' and '-', and neither . nor ..",
                    "the broker refuses it while the migration is under way",
                    "choose another name or address"),
            warning(
                    "TOP-NAMING",
                    "a topic name mixes '.' and '_'",
                    "the topic's real name",
                    "Kafka names metrics with dots turned into underscores: a later topic may collide with it",
                    "keep to one of the two in new names"),
            warning(
                    "TOP-NO-SLACK",
                    "all copies have to be in sync, so one broker that is away stops writing",
                    "min.insync.replicas and replicationFactor, where they are the same and more than 1",
                    "each restart of a broker is an outage for those who write with acks=all",
                    "make min.insync.replicas one less"),
            error(
                            "TOP-OWN",
                            "this topic belongs to the migrator itself",
                            "the topic's real name",
                            "a migration would change what it runs on",
                            "remove the manifest; suppress it if the migrator does not run on that cluster")
                    .thatMayBeSuppressed(),
            warning(
                    "TOP-PROTECTED",
                    "this topic belongs to other software that manages it itself",
                    "the topic's real name: _schemas, connect-offsets, …-changelog and the like",
                    "that software sets what it needs, and may not start when it finds something else",
                    "leave it to that software; suppress it if it is meant"),
            warning(
                    "TOP-RETENTION-IDLE",
                    "a retention has no effect on a topic that is only compacted",
                    "retention.ms and retention.bytes beside cleanup.policy: compact",
                    "records seem to go after a time, and stay for ever",
                    "write cleanup.policy: compact,delete, or take the retention out"),
            warning(
                    "TOP-SEGMENT",
                    "a segment is larger than what is to be kept",
                    "segment.bytes and retention.bytes; segment.ms and retention.ms",
                    "records go a segment at a time, so much more is kept than is asked for",
                    "make segments a fraction of what is kept"),
            warning(
                    "TOP-UNCLEAN",
                    "a copy that is behind may become leader, and records are lost",
                    "unclean.leader.election.enable",
                    "what producers were told is safe may be gone after a broker fails",
                    "write false; suppress it where losing records is better than waiting"));

    private TopicRules() {}
}
