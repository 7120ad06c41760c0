package dev.migrator.cli.command;

import dev.migrator.cli.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

/** The root of all commands: prints help when called alone. */
@Command(
        name = "migrator",
        description = {
            "",
            "Moves metadata (Kafka topics, configs, ACLs, schemas and their rules) from test to production as one"
                    + " planned, approved, snapshotted, batched and verified migration, and puts production back exactly"
                    + " as it was when anything goes wrong.",
            ""
        },
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        version = MigratorCommand.VERSION,
        // not 2, which means "there are changes"
        exitCodeOnInvalidInput = ExitCode.ERROR,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:ok",
            "1:error",
            "2:there are changes (only with --exit-code, and fmt --check)",
            "3:rolled back",
            "4:rollback incomplete",
            "5:waits for a person",
            "6:refused (validation, policy, stale, held)"
        },
        footerHeading = "%nLocal stack (commands of the ./migrator script):%n",
        footer = {
            "  demo          start the local stack, run one migration that succeeds and one that is rolled back",
            "  chaos         run migrations while parts are killed, frozen and cut off, and judge the end",
            "  up | down     start or stop the local stack",
            "  stack status  what runs, where, and what crashed",
            "  test          build everything and run all tests"
        },
        subcommands = {
            NewCommand.class,
            FmtCommand.class,
            ValidateCommand.class,
            PackageCommand.class,
            PolicyCommand.class,
            PlanCommand.class,
            SubmitCommand.class,
            PromoteCommand.class,
            EvidenceCommand.class,
            StatusCommand.class,
            WatchCommand.class,
            FleetCommand.class,
            ApproveCommand.class,
            RejectCommand.class,
            SteerCommand.Pause.class,
            SteerCommand.Resume.class,
            SteerCommand.Cancel.class,
            SteerCommand.Rollback.class,
            SteerCommand.Release.class,
            RevertCommand.class,
            RestoreCommand.class,
            PurgeCommand.class,
            DrillCommand.class,
            UndoCommand.class,
            GetCommand.class,
            SnapshotCommand.class,
            SnapshotsCommand.class,
            RevertPatchCommand.class,
            ReportCommand.class,
            VerifyCommand.class,
            DoctorCommand.class,
            ExportCommand.class,
            ImportCommand.class,
            DiffCommand.class,
            DriftCommand.class,
            ParityCommand.class,
            TargetCommand.class,
            ExplainCommand.class
        })
public final class MigratorCommand {
    static final String VERSION = "migrator 0.1.0";
}
