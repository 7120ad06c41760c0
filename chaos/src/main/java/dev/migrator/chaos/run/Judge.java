package dev.migrator.chaos.run;

import dev.migrator.chaos.model.Change;
import dev.migrator.chaos.model.Expected;
import dev.migrator.chaos.model.PlannedMigration;
import dev.migrator.chaos.model.RunPlan;
import dev.migrator.chaos.outside.Journal;
import dev.migrator.chaos.outside.Said;
import dev.migrator.demo.Dump;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Judges a run by what was there before, what is there now, and what was said meanwhile. */
final class Judge {
    private static final int SHOWN = 8;
    private static final Set<String> APPLIED = Set.of("SUCCEEDED");
    private static final Set<String> ENDS =
            Set.of("SUCCEEDED", "ROLLED_BACK", "CANCELLED", "REJECTED", "NO_CHANGES", "ROLLBACK_INCOMPLETE");

    private final RunPlan plan;
    private final Journal journal;
    private final List<Failed> failed = new ArrayList<>();

    private Judge(RunPlan plan, Journal journal) {
        this.plan = plan;
        this.journal = journal;
    }

    /** @return checks that do not hold */
    static List<Failed> judge(RunPlan plan, Dump before, Dump after, Journal journal) {
        var judge = new Judge(plan, journal);
        plan.migrations().forEach(judge::end);
        plan.migrations().forEach(judge::sequence);
        plan.migrations().forEach(judge::audit);
        plan.migrations().forEach(judge::nothingWrittenWhenCancelled);
        judge.state(before, after);
        judge.oneAfterTheOther();
        return judge.failed;
    }

    private void end(PlannedMigration migration) {
        var state = journal.state(migration.id());
        require(ENDS.contains(state), "an end state of " + migration.id(), "one of " + ENDS, word(state));
        var problems =
                lastStatus(migration).map(status -> status.text("problems")).orElse("");
        if (migration.mustSucceed()) {
            require(state.equals("SUCCEEDED"), "end of " + migration.id(), "SUCCEEDED", state + ", " + problems);
        } else if (migration.mustNotSucceed()) {
            var allowed = migration.mayBeUndone() ? Set.of("ROLLED_BACK", "CANCELLED") : Set.of("ROLLED_BACK");
            require(allowed.contains(state), "end of " + migration.id(), allowed.toString(), state + ", " + problems);
        } else {
            var allowed = Set.of("SUCCEEDED", "ROLLED_BACK", "CANCELLED");
            require(allowed.contains(state), "end of " + migration.id(), allowed.toString(), state + ", " + problems);
        }
        if (state.equals("ROLLED_BACK")) {
            var status = lastStatus(migration).orElseThrow();
            require(
                    !status.text("beforeHash").isEmpty()
                            && status.text("beforeHash").equals(status.text("endHash")),
                    "state hash of " + migration.id() + " at the end",
                    status.text("beforeHash"),
                    status.text("endHash"));
        }
    }

    private Optional<Said> lastStatus(PlannedMigration migration) {
        return journal.of(Journal.STATUS, migration.id()).stream().reduce((_, later) -> later);
    }

    private void sequence(PlannedMigration migration) {
        var numbers = journal.of(Journal.STATUS, migration.id()).stream()
                .map(status -> status.number("sequence"))
                .toList();
        for (int next = 1; next < numbers.size(); next++) {
            require(
                    numbers.get(next) > numbers.get(next - 1),
                    "sequence of the statuses of " + migration.id(),
                    "strictly increasing",
                    numbers.toString());
        }
        var afterEnd = journal.of(Journal.STATUS, migration.id()).stream()
                .dropWhile(status -> !(boolean) status.event().get("ended"))
                .skip(1)
                .map(status -> status.text("state"))
                .toList();
        require(afterEnd.isEmpty(), "statuses of " + migration.id() + " after its end", "none", afterEnd.toString());
    }

    private void audit(PlannedMigration migration) {
        var decisions = journal.of(Journal.AUDIT, migration.id()).stream()
                .map(entry -> entry.text("decision"))
                .collect(Collectors.toSet());
        var needed = new ArrayList<>(List.of("change-accepted", "ended"));
        if (firstWrite(migration).isPresent()) {
            needed.add("started");
            if (plan.environment().equals("production")) {
                needed.add("approval-accepted");
            }
        }
        require(
                decisions.containsAll(needed),
                "audit entries of " + migration.id(),
                needed.toString(),
                decisions.toString());
    }

    private void nothingWrittenWhenCancelled(PlannedMigration migration) {
        if (journal.state(migration.id()).equals("CANCELLED")) {
            require(
                    firstWrite(migration).isEmpty(),
                    "commands to write of " + migration.id() + ", which was cancelled",
                    "none",
                    "some");
        }
    }

    private void state(Dump before, Dump after) {
        var expected = new Expected(before);
        plan.migrations().stream()
                .filter(migration -> APPLIED.contains(journal.state(migration.id())))
                .sorted(Comparator.comparing(migration -> firstWrite(migration).orElse(Instant.MAX)))
                .flatMap(migration -> migration.changes().stream())
                .forEach((Change change) -> change.applyTo(expected));
        var differences = expected.differences(after);
        differences.stream()
                .limit(SHOWN)
                .forEach(difference -> failed.add(new Failed(
                        "state of " + plan.environment() + ": " + difference.thing()
                                + (differences.size() > 1 ? " (one of " + differences.size() + ")" : ""),
                        difference.expected(),
                        difference.found())));
    }

    /** Whoever shares an entry with another has closed before the other begins. */
    private void oneAfterTheOther() {
        var writers = plan.migrations().stream()
                .filter(migration -> firstWrite(migration).isPresent())
                .sorted(Comparator.comparing(migration -> firstWrite(migration).orElseThrow()))
                .toList();
        for (int first = 0; first < writers.size(); first++) {
            for (int second = first + 1; second < writers.size(); second++) {
                if (overlap(writers.get(first), writers.get(second))) {
                    var closed = closed(writers.get(first));
                    var begun = firstWrite(writers.get(second)).orElseThrow();
                    require(
                            closed.isPresent() && !closed.get().isAfter(begun),
                            writers.get(first).id() + " and "
                                    + writers.get(second).id() + " write the same",
                            "the first closed before the second began to write, at " + begun,
                            "closed at " + closed);
                }
            }
        }
    }

    private static boolean overlap(PlannedMigration one, PlannedMigration other) {
        return topics(one).stream().anyMatch(topics(other)::contains);
    }

    private static Set<String> topics(PlannedMigration migration) {
        return migration.changes().stream()
                .flatMap(change -> switch (change) {
                    case Change.TopicWanted(var name, var _) -> Optional.of(name).stream();
                    case Change.TopicRetired(var name) -> Optional.of(name).stream();
                    case Change.Access _, Change.Limit _, Change.SchemaWanted _ -> Optional.<String>empty().stream();
                })
                .collect(Collectors.toCollection(java.util.TreeSet::new));
    }

    private Optional<Instant> firstWrite(PlannedMigration migration) {
        return journal.of(Journal.BATCHES, migration.id()).stream()
                .filter(command -> command.type().equals("ApplyBatch"))
                .map(Said::at)
                .min(Comparator.naturalOrder());
    }

    private Optional<Instant> closed(PlannedMigration migration) {
        return journal.of(Journal.RESULTS, migration.id()).stream()
                .filter(answer -> answer.type().equals("BatchAnswered")
                        && answer.text("kind").equals("CLOSE"))
                .map(Said::at)
                .max(Comparator.naturalOrder());
    }

    private void require(boolean holds, String check, String expected, String found) {
        if (!holds) {
            failed.add(new Failed(check, expected, found));
        }
    }

    private static String word(String state) {
        return state.isEmpty() ? "nothing" : state;
    }

    /** State of each migration. */
    static TreeMap<String, String> ends(RunPlan plan, Journal journal) {
        var ends = new TreeMap<String, String>();
        plan.migrations().forEach(migration -> ends.put(migration.id(), word(journal.state(migration.id()))));
        return ends;
    }
}
