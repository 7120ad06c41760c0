package dev.migrator.core.lifecycle;

import dev.migrator.core.lifecycle.EnvironmentState.Member;
import dev.migrator.core.lifecycle.EnvironmentState.Place;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** One writer: overlapping scopes one after another in order of arrival, disjoint ones side by side. */
final class Queue {
    private Queue() {}

    /** Who has to end or step back before this queued migration may hold its scope; in order of arrival. */
    static List<MigrationId> blockers(EnvironmentState environment, MigrationId id) {
        var mine = environment.members().get(id);
        return overlapping(environment, id, other -> switch (other.place()) {
            case PREPARING -> false;
            case QUEUED -> other.arrival() < mine.arrival();
            case HOLDING -> true;
        });
    }

    /** Who may be writing to what this migration is about; in order of arrival. Until they end, plans go stale. */
    static List<MigrationId> holders(EnvironmentState environment, MigrationId id) {
        return overlapping(environment, id, other -> other.place() == Place.HOLDING);
    }

    private static List<MigrationId> overlapping(
            EnvironmentState environment, MigrationId id, Predicate<Member> relevant) {
        var mine = environment.members().get(id);
        return environment.members().entrySet().stream()
                .filter(other -> !other.getKey().equals(id))
                .filter(other -> relevant.test(other.getValue()))
                .filter(other -> Scopes.overlap(mine.scope(), other.getValue().scope()))
                .sorted(Comparator.comparingLong(other -> other.getValue().arrival()))
                .map(Map.Entry::getKey)
                .toList();
    }
}
