package dev.migrator.core.lifecycle;

import dev.migrator.core.lifecycle.EnvironmentState.Member;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** One writer: overlapping scopes one after another in order of arrival, disjoint ones side by side. */
final class Queue {
    private Queue() {}

    /** Who has to end or step back before this queued migration may hold its scope; in order of arrival. */
    static List<MigrationId> blockers(EnvironmentState environment, MigrationId id) {
        var mine = environment.members().get(id);
        return environment.members().entrySet().stream()
                .filter(other -> !other.getKey().equals(id))
                .filter(other -> goesFirst(other.getValue(), mine))
                .filter(other -> Scopes.overlap(mine.scope(), other.getValue().scope()))
                .sorted(Comparator.comparingLong(other -> other.getValue().arrival()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static boolean goesFirst(Member other, Member mine) {
        return switch (other.place()) {
            case PREPARING -> false;
            case QUEUED -> other.arrival() < mine.arrival();
            case HOLDING -> true;
        };
    }
}
