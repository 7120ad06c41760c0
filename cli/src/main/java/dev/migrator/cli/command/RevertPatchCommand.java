package dev.migrator.cli.command;

import dev.migrator.cli.ExitCode;
import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlanCodec;
import dev.migrator.manifests.patch.Patcher;
import dev.migrator.manifests.patch.Truth;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "revert-patch",
        description = {
            "Show how manifests have to change to say what is true after a migration was rolled back, so that nobody asks"
                    + " for what is held. Prints a difference as 'git apply' takes it; changes nothing without --write.",
            "",
            "  migrator revert-patch production-20260101 -d meta/            shows it",
            "  migrator revert-patch production-20260101 -d meta/ --write    changes the files",
            ""
        })
public final class RevertPatchCommand implements Callable<Integer> {
    private static final Set<MigrationState> UNDONE =
            EnumSet.of(MigrationState.ROLLED_BACK, MigrationState.ROLLBACK_INCOMPLETE);

    @Mixin
    private Terminal terminal;

    @Mixin
    private Service service;

    @Mixin
    private PatchOutput output;

    @Parameters(paramLabel = "ID", description = "the migration that was rolled back")
    private String id;

    @Option(
            names = {"-d", "--directory"},
            required = true,
            paramLabel = "DIR",
            description = "folder with the manifests that were migrated")
    private Path folder;

    @Override
    public Integer call() throws IOException {
        var api = service.api();
        var status = api.status(id);
        if (!UNDONE.contains(status.state())) {
            throw notUndone(status);
        }
        var plan = plan(api.plan(id));
        var bundle = Inputs.load(folder, terminal);
        var resources = bundle.flatMap(found -> Inputs.resources(found, plan.environment(), terminal));
        if (resources.isEmpty()) {
            return ExitCode.REFUSED;
        }
        // what others keep different from before, or what was retired instead of deleted, is told with the status
        return output.finish(Patcher.patch(resources.get(), before(plan)), terminal);
    }

    /** What the rollback put back. */
    private static Map<EntryKey, Truth> before(Plan plan) {
        var truths = new TreeMap<EntryKey, Truth>();
        plan.operations().forEach(planned -> {
            var truth = switch (planned.operation()) {
                case Operation.Create _ -> new Truth.Gone();
                case Operation.Update(var _, var before, var _) -> new Truth.There(before.fields());
                case Operation.Delete(var _, var before, var _) -> new Truth.There(before.fields());
            };
            truths.put(planned.operation().key(), truth);
        });
        return truths;
    }

    private static Plan plan(Value.Obj answer) {
        var digest = Digest.parse(((Value.Text) answer.get("digest")).value());
        return PlanCodec.read(CanonicalJson.bytes(answer.get("plan")), digest);
    }

    private static ProblemException notUndone(MigrationStatus status) {
        return new ProblemException(Problem.of("CLI-NOT-UNDONE", "this migration was not rolled back")
                .about("migration " + status.id())
                .expected("ROLLED_BACK or ROLLBACK_INCOMPLETE")
                .found(status.state().name())
                .todo("migrator get holds    lists what was"));
    }
}
