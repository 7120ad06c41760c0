package dev.migrator.cli.command;

import dev.migrator.cli.ExitCode;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.lifecycle.MigrationStatus;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Approve or reject: a decision about exactly one plan. */
abstract class DecideCommand implements Callable<Integer> {
    @Mixin
    private Terminal terminal;

    @Mixin
    private Service service;

    @Parameters(paramLabel = "ID", description = "the migration")
    private String id;

    @Option(
            names = "--plan",
            paramLabel = "DIGEST",
            description = "refuse unless this is the plan (its digest, or the first 8 digits or more)")
    private String plan;

    @Option(names = "--reason", paramLabel = "TEXT", defaultValue = "", description = "kept in the audit")
    private String reason;

    private final boolean grant;

    DecideCommand(boolean grant) {
        this.grant = grant;
    }

    @Override
    public Integer call() {
        var api = service.api();
        var digest = planOf(api.status(id));
        api.decide(id, digest.toString(), grant, reason);
        if (terminal.json()) {
            terminal.print(Value.object(
                    "id", Value.of(id),
                    "planDigest", Value.of(digest.toString()),
                    "decision", Value.of(grant ? "grant" : "deny")));
        } else {
            terminal.print((grant ? "approved" : "rejected") + " plan " + digest.brief() + " of " + id);
        }
        return ExitCode.OK;
    }

    private Digest planOf(MigrationStatus status) {
        var current = status.planDigest()
                .orElseThrow(
                        () -> new ProblemException(Problem.of("CLI-NO-PLAN", "there is no plan to decide about yet")
                                .about("migration " + id)
                                .found(status.state().name())));
        var wanted = plan == null ? "" : plan.replaceFirst("^sha256:", "");
        if (plan != null && (wanted.length() < 8 || !current.hex().startsWith(wanted))) {
            throw new ProblemException(
                    Problem.of("CLI-OTHER-PLAN", "the migration has another plan now; nothing was decided")
                            .about("migration " + id)
                            .expected(plan)
                            .found(current.toString())
                            .todo("read the new plan, then decide again"));
        }
        return current;
    }
}
