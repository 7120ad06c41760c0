package dev.migrator.core.impact;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/** One thing known about how an entry is used, or what a change of it touches. */
public sealed interface Use {
    /** Groups that read it: with members on it, or with offsets committed for it. None means: there are none. */
    record Groups(Some<Group> groups) implements Use {}

    /**
     * @param members that read this entry now; a group without any may still come back
     * @param state as the system names it, e.g. {@code STABLE}, {@code EMPTY}
     * @param lag records between what it committed and the end, over the partitions it committed for; empty if it
     *     committed nothing or that could not be read
     */
    record Group(String id, int members, String state, OptionalLong lag) {}

    /** Who may use it by the rules that the system holds. None means: no rule speaks of it. */
    record Access(Some<Permission> permissions) implements Use {}

    /**
     * Rules for one principal from one host, taken together.
     *
     * @param denied whether they forbid
     * @param operations ascending, e.g. {@code READ}
     * @param through pattern that takes the entry in, e.g. {@code orders.*}; empty when they name it itself
     */
    record Permission(String principal, String host, boolean denied, List<String> operations, String through) {
        public Permission {
            operations = List.copyOf(operations);
        }
    }

    /**
     * @param count between first and last; gaps that compaction and transactions leave are counted too
     * @param upperBound whether there can be fewer
     */
    record Records(long count, boolean upperBound) implements Use {}

    /** @param bytes of one copy, without replicas */
    record Size(long bytes) implements Use {}

    /** Time that the newest record carries; whoever wrote it may have set it. */
    record LastWrite(Instant at) implements Use {}

    /**
     * What a setting of the plan takes away by age.
     *
     * @param setting e.g. {@code retention.ms}
     * @param keptMillis the new value, in ms
     * @param older records that are older than that when read
     * @param ofRecords of how many
     */
    record OlderThanKept(String setting, long keptMillis, long older, long ofRecords) implements Use {}

    /**
     * What a setting of the plan takes away by size.
     *
     * @param setting e.g. {@code retention.bytes}
     * @param keptBytes the new value, for each part
     * @param above bytes above that, over all parts
     */
    record AboveKept(String setting, long keptBytes, long above) implements Use {}

    /** Entries that refer to it. None means: there are none. */
    record Referrers(Some<Referrer> referrers) implements Use {}

    /** @param latest whether it is the newest version of its own, which clients get by default */
    record Referrer(String address, boolean latest) {}

    /**
     * Where a version stands among its own.
     *
     * @param count of versions in any state, from 0
     * @param latest name of the one that clients get by default, empty if there is none
     */
    record Versions(long count, String latest) implements Use {
        public Versions {
            Objects.requireNonNull(latest);
        }
    }

    /**
     * What a connector does now.
     *
     * @param state as the system names it, e.g. {@code RUNNING}, {@code UNASSIGNED}
     * @param tasks it is configured to have, from 0
     * @param positions how many parts of what it reads it has committed a position for, from 0
     */
    record Running(String state, int tasks, long positions) implements Use {}

    /** Topics it has read or written. None means: none yet. */
    record Topics(Some<String> topics) implements Use {}

    /** What a rule takes in, of what is there. @param kind e.g. {@code topic} */
    record Covers(String kind, Some<String> names) implements Use {}
}
