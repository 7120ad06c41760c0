package dev.migrator.cli.command;

import dev.migrator.cli.ExitCode;
import dev.migrator.cli.render.DrillText;
import dev.migrator.cli.render.HoldText;
import dev.migrator.cli.render.LockText;
import dev.migrator.cli.render.RetiredText;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.fleet.FleetStatusJson;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.core.lifecycle.StatusJson;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists of what the services know. */
@Command(
        name = "get",
        description = "List what the services know.",
        synopsisSubcommandLabel = "THING",
        subcommands = {
            GetCommand.Drills.class,
            GetCommand.Fleets.class,
            GetCommand.Holds.class,
            GetCommand.Locks.class,
            GetCommand.Retired.class
        })
public final class GetCommand {
    @Command(
            name = "holds",
            description =
                    "What was rolled back and stays so: a plan with the same change is rejected (CHG-HELD) until the"
                            + " manifests are corrected or a person releases it.")
    public static final class Holds implements Callable<Integer> {
        @Mixin
        private Terminal terminal;

        @Mixin
        private Service service;

        @Option(
                names = {"--env", "--environment"},
                paramLabel = "ENV",
                description = "only this environment")
        private String environment;

        @Override
        public Integer call() {
            var holds = service.api().holds(Optional.ofNullable(environment));
            if (terminal.json()) {
                terminal.print(Value.object("items", Value.array(holds)));
            } else if (holds.isEmpty()) {
                terminal.print("nothing is held");
            } else {
                holds.forEach(hold -> HoldText.of(hold).forEach(terminal::print));
            }
            return ExitCode.OK;
        }
    }

    @Command(
            name = "drills",
            description =
                    "What came of drills, newest first, and when the next one is due. Where drills are on a schedule,"
                            + " nothing begins to be written before the first one, after one that failed, and once one"
                            + " is overdue.")
    public static final class Drills implements Callable<Integer> {
        @Mixin
        private Terminal terminal;

        @Mixin
        private Service service;

        @Option(
                names = {"--env", "--environment"},
                paramLabel = "ENV",
                description = "only this environment")
        private String environment;

        @Override
        public Integer call() {
            var drills = service.api().drills(Optional.ofNullable(environment));
            if (terminal.json()) {
                terminal.print(Value.object("items", Value.array(drills)));
            } else if (drills.isEmpty()) {
                terminal.print("no environment has a place to be drilled in");
            } else {
                new DrillText(terminal.colors()).table(drills).forEach(terminal::print);
            }
            return ExitCode.OK;
        }
    }

    @Command(name = "fleets", description = "Runs of fleets that are under way, newest first.")
    public static final class Fleets implements Callable<Integer> {
        @Mixin
        private Terminal terminal;

        @Mixin
        private Service service;

        @Option(names = "--all", description = "those that ended as well")
        private boolean all;

        @Override
        public Integer call() {
            var runs = service.api().fleets(all);
            if (terminal.json()) {
                terminal.print(Value.object(
                        "items",
                        Value.array(runs.stream().map(FleetStatusJson::toValue).toList())));
            } else if (runs.isEmpty()) {
                terminal.print(
                        all ? "no runs of fleets" : "no run of a fleet is under way; --all shows those that ended");
            } else {
                runs.forEach(run -> terminal.print(String.format(
                        "%-44s %-12s %s",
                        run.id(), run.fleet(), terminal.fleets().line(run))));
            }
            return ExitCode.OK;
        }
    }

    @Command(
            name = "retired",
            description =
                    "What migrations have taken out of use and is not known to be gone, the longest first. Undoing its"
                            + " removal loses nothing until it is purged.")
    public static final class Retired implements Callable<Integer> {
        @Mixin
        private Terminal terminal;

        @Mixin
        private Service service;

        @Option(
                names = {"--env", "--environment"},
                paramLabel = "ENV",
                required = true,
                description = "where")
        private String environment;

        @Override
        public Integer call() {
            var answer = service.api().retired(environment);
            var items = ((Value.Arr) answer.get("items")).items();
            if (terminal.json()) {
                terminal.print(answer);
            } else if (items.isEmpty()) {
                terminal.print("nothing is retired in " + environment);
            } else {
                items.forEach(item -> RetiredText.of((Value.Obj) item).forEach(terminal::print));
                if (answer.get("more").equals(new Value.Bool(true))) {
                    terminal.print("and more");
                }
            }
            return ExitCode.OK;
        }
    }

    @Command(
            name = "locks",
            description =
                    "Which migrations hold their scope, and which wait in line behind them. Migrations whose scopes"
                            + " do not overlap run side by side.")
    public static final class Locks implements Callable<Integer> {
        @Mixin
        private Terminal terminal;

        @Mixin
        private Service service;

        @Option(
                names = {"--env", "--environment"},
                paramLabel = "ENV",
                description = "only this environment")
        private String environment;

        @Override
        public Integer call() {
            var locks = service.api().migrations(Optional.ofNullable(environment), false).stream()
                    .filter(status -> status.lock().isPresent())
                    .sorted(HOLDERS_FIRST)
                    .toList();
            if (terminal.json()) {
                terminal.print(Value.object(
                        "items", Value.array(locks.stream().map(Locks::item).toList())));
            } else if (locks.isEmpty()) {
                terminal.print("no scope is held");
            } else {
                locks.forEach(status -> LockText.of(status).forEach(terminal::print));
            }
            return ExitCode.OK;
        }

        private static final Comparator<MigrationStatus> HOLDERS_FIRST = Comparator.comparing(
                        MigrationStatus::environment)
                .thenComparing(status -> !status.lock().orElseThrow().held())
                .thenComparing(MigrationStatus::updatedAt);

        private static Value item(MigrationStatus status) {
            var json = StatusJson.toValue(status);
            return Value.object(
                    "migrationId", json.get("id"),
                    "environment", json.get("environment"),
                    "state", json.get("state"),
                    "commit", json.get("commit"),
                    "requester", json.get("requester"),
                    "lock", json.get("lock"));
        }
    }
}
