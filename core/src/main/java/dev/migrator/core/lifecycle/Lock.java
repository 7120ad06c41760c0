package dev.migrator.core.lifecycle;

import dev.migrator.core.plan.Claim;
import java.util.ArrayList;
import java.util.List;

/**
 * A migration's scope as people see it: held, or waited for.
 *
 * @param held whether it holds its scope; else it waits for it
 * @param scope what it writes or depends on, a line each, at most {@value #MOST_LINES}; the last one says how many more
 * @param behind whose end it waits for, in order of arrival, at most {@value #MOST_LINES}; empty for a holder
 */
public record Lock(boolean held, List<String> scope, List<String> behind) {
    private static final int MOST_LINES = 20;

    public Lock {
        scope = List.copyOf(scope);
        behind = List.copyOf(behind);
    }

    static Lock of(boolean held, List<Claim> scope, List<MigrationId> behind) {
        return new Lock(
                held,
                bounded(scope.stream().map(Lock::line).toList()),
                bounded(behind.stream().map(MigrationId::value).toList()));
    }

    private static String line(Claim claim) {
        var which = switch (claim.pattern()) {
            case LITERAL -> claim.address();
            case PREFIX -> claim.address() + "*";
            case ALL -> "*";
        };
        var access = claim.access() == Claim.Access.WRITE ? "write " : "read ";
        return access + claim.kind() + " " + which + " (" + claim.target() + ")";
    }

    private static List<String> bounded(List<String> lines) {
        if (lines.size() <= MOST_LINES) {
            return lines;
        }
        var shown = new ArrayList<>(lines.subList(0, MOST_LINES - 1));
        shown.add("and " + (lines.size() - MOST_LINES + 1) + " more");
        return shown;
    }
}
