package dev.migrator.engine;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.RehearsalReport;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.rehearsal.Unproven;
import dev.migrator.core.verdict.CheckResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What came of a rehearsal.
 *
 * @param operations that were rehearsed, in the order of the plan
 * @param checks that were run, likewise
 * @param before state hash of what the plan writes there, before it was applied; without what the plan says is one-way
 * @param after the same once it was undone; empty if it did not come to that
 * @param problem why it failed; empty if it passed
 * @param remains what could not be removed at the end, and why, a line each
 */
public record RehearsalResult(
        List<RehearsedOperation> operations,
        List<CheckResult> checks,
        List<Unproven> unproven,
        Optional<Digest> before,
        Optional<Digest> after,
        Optional<Problem> problem,
        List<String> remains) {
    private static final int NAMED = 3;

    public RehearsalResult {
        operations = List.copyOf(operations);
        checks = List.copyOf(checks);
        unproven = List.copyOf(unproven);
        remains = List.copyOf(remains);
    }

    /** One that leaves nothing behind. */
    public RehearsalResult(
            List<RehearsedOperation> operations,
            List<CheckResult> checks,
            List<Unproven> unproven,
            Optional<Digest> before,
            Optional<Digest> after,
            Optional<Problem> problem) {
        this(operations, checks, unproven, before, after, problem, List.of());
    }

    /** The same, with what its end could not remove. */
    RehearsalResult leaving(Map<EntryKey, Problem> refused) {
        return new RehearsalResult(operations, checks, unproven, before, after, problem, remains(refused));
    }

    static List<String> remains(Map<EntryKey, Problem> refused) {
        return refused.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue().code() + " "
                        + entry.getValue().message())
                .toList();
    }

    static RehearsalResult failed(List<Unproven> unproven, Problem why) {
        return new RehearsalResult(
                List.of(), List.of(), unproven, Optional.empty(), Optional.empty(), Optional.of(why));
    }

    /** As people read it. @param uri and {@code digest} of where all of it is kept */
    public RehearsalReport report(String uri, Digest digest) {
        return new RehearsalReport(
                operations.size(),
                (int) operations.stream()
                        .filter(RehearsedOperation::isAsPredicted)
                        .count(),
                (int) unproven.stream().filter(Unproven::left).count(),
                reasons(),
                problem,
                uri,
                Optional.of(digest));
    }

    /** What a thousand entries have in common is said once, with some of their names; what was left out first. */
    private List<String> reasons() {
        Map<String, List<String>> left = new LinkedHashMap<>();
        Map<String, List<String>> unknown = new LinkedHashMap<>();
        unproven.forEach(one -> (one.left() ? left : unknown)
                .computeIfAbsent(one.why(), _ -> new ArrayList<>())
                .add(one.about()));
        var lines = new ArrayList<String>();
        left.forEach((why, about) -> lines.add(names(about) + ": " + why));
        unknown.forEach((why, about) -> lines.add(names(about) + ": " + why));
        return lines.stream().limit(RehearsalReport.MOST_REASONS).toList();
    }

    private static String names(List<String> about) {
        var names = about.stream().limit(NAMED).collect(Collectors.joining(", "));
        return about.size() > NAMED ? about.size() + ", e.g. " + names : names;
    }
}
