package dev.migrator.console;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.drill.DrillFault;
import dev.migrator.core.drill.DrillReport;
import dev.migrator.core.environment.DriftDecision;
import dev.migrator.core.environment.Environment;
import dev.migrator.core.environment.Environments;
import dev.migrator.core.environment.Grace;
import dev.migrator.core.environment.Mode;
import dev.migrator.core.environment.Protection;
import dev.migrator.core.environment.RehearsalRule;
import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.MigrationId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What comes of drills of production, as the lifecycle would publish it, and where they are made. */
public final class DrillReports {
    private static final Digest STATE = Digest.ofText("state");

    private DrillReports() {}

    /** Test, which has no place to be drilled in, and production, which has stage. @param every empty without a schedule */
    public static Environments environments(Optional<String> every) {
        var production = new Environment(
                "production",
                2,
                Protection.PROTECTED,
                "here",
                List.of(),
                DriftDecision.KEEP,
                Mode.GATED,
                Grace.USUAL,
                Optional.of(new RehearsalRule("stage", RehearsalRule.Required.BY_POLICY, every.map(Grace::parse))));
        return new Environments(List.of(
                new Environment("test", 1, Protection.OPEN, "here", List.of()),
                production,
                new Environment(
                        "stage", 3, Protection.OPEN, "here", List.of(), DriftDecision.OVERWRITE, Mode.REHEARSAL)));
    }

    public static DrillReport passed(String request, Instant at) {
        return report(request, "m-1", at, Optional.empty());
    }

    /** @param code of the problem */
    public static DrillReport failed(String request, String migration, Instant at, String code) {
        return report(request, migration, at, Optional.of(Problem.of(code, "it did not go well")));
    }

    private static DrillReport report(String request, String migration, Instant at, Optional<Problem> problem) {
        return new DrillReport(
                "production",
                request,
                new MigrationId(migration),
                "stage",
                DrillFault.CRASH,
                Optional.of("topic orders (kafka)"),
                5,
                3,
                Duration.ofMillis(1_234),
                Optional.of(STATE),
                Optional.of(problem.isEmpty() ? STATE : Digest.ofText("another state")),
                problem,
                "carol",
                at,
                "4be21d0/m-1/drill.json",
                Optional.of(Digest.ofText("evidence")));
    }
}
