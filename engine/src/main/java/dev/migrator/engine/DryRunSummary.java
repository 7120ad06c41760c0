package dev.migrator.engine;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.DryRunReport;
import dev.migrator.core.model.EntryKey;
import dev.migrator.target.DryRunOutcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Outcomes of a dry run as people read them: what a thousand entries have in common is said once, with some of their
 * names. In the order in which each reason came up first.
 */
public final class DryRunSummary {
    private static final int NAMED = 3;

    private DryRunSummary() {}

    /** @param uri and {@code digest} of where each outcome is kept */
    public static DryRunReport of(List<DryRunOutcome> outcomes, String uri, Digest digest) {
        int accepted = 0;
        Map<Problem, List<EntryKey>> refused = new LinkedHashMap<>();
        Map<Problem, Problem> whole = new LinkedHashMap<>();
        Map<String, List<EntryKey>> unchecked = new LinkedHashMap<>();
        for (var outcome : outcomes) {
            switch (outcome) {
                case DryRunOutcome.Accepted _ -> accepted++;
                case DryRunOutcome.Refused(var key, var problem) -> {
                    var alike = problem.about("");
                    whole.putIfAbsent(alike, problem);
                    refused.computeIfAbsent(alike, _ -> new ArrayList<>()).add(key);
                }
                case DryRunOutcome.Unchecked(var key, var reason) ->
                    unchecked.computeIfAbsent(reason, _ -> new ArrayList<>()).add(key);
            }
        }
        return new DryRunReport(
                accepted,
                count(refused),
                count(unchecked),
                refused.entrySet().stream()
                        .limit(DryRunReport.MOST_PROBLEMS)
                        .map(alike -> problem(whole.get(alike.getKey()), alike.getValue()))
                        .toList(),
                unchecked.entrySet().stream()
                        .limit(DryRunReport.MOST_REASONS)
                        .map(alike -> names(alike.getValue()) + ": " + alike.getKey())
                        .toList(),
                uri,
                Optional.of(digest));
    }

    private static Problem problem(Problem one, List<EntryKey> keys) {
        return keys.size() == 1 ? one : one.about(names(keys));
    }

    private static String names(List<EntryKey> keys) {
        var names = keys.stream().limit(NAMED).map(EntryKey::toString).collect(Collectors.joining(", "));
        return keys.size() > NAMED ? keys.size() + " entries, e.g. " + names : names;
    }

    private static int count(Map<?, List<EntryKey>> alike) {
        return alike.values().stream().mapToInt(List::size).sum();
    }
}
