package dev.migrator.cli.command;

import dev.migrator.cli.ExitCode;
import dev.migrator.cli.api.Api;
import dev.migrator.cli.api.ApiException;
import dev.migrator.cli.render.EvidenceText;
import dev.migrator.cli.render.OperationsText;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.fleet.FleetStatusJson;
import dev.migrator.core.kinds.ActionKind;
import dev.migrator.core.lifecycle.ChecklistLine;
import dev.migrator.core.lifecycle.EvidenceLink;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.core.lifecycle.StatusJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

@Command(
        name = "status",
        description = "Show one migration or run of a fleet, or all migrations that are under way (what needs me).")
public final class StatusCommand implements Callable<Integer> {
    private static final int PAGE = 10_000;
    private static final int MOST_ACTIONS = 20;

    @Mixin
    private Terminal terminal;

    @Mixin
    private Service service;

    @Parameters(
            arity = "0..1",
            paramLabel = "ID",
            description = "one migration or run of a fleet; without it, migrations under way")
    private String id;

    @Option(names = "--all", description = "those that ended as well")
    private boolean all;

    @Option(
            names = {"--env", "--environment"},
            paramLabel = "ENV",
            description = "only this environment")
    private String environment;

    @Option(
            names = "--operations",
            description = "what became of each operation of the plan: which was applied, undone, refused, is not known")
    private boolean operations;

    @Option(
            names = "--evidence",
            paramLabel = "LINE",
            description =
                    "what stands behind a line of the checklist, e.g. rehearsed; -o json prints it whole, and a single"
                            + " object without a line end, so that a file of it has its digest")
    private String evidence;

    @Override
    public Integer call() {
        if (evidence != null) {
            return evidence(service.api());
        }
        if (operations) {
            return operations(service.api());
        }
        if (id != null) {
            return one(service.api());
        }
        var migrations = service.api().migrations(Optional.ofNullable(environment), all);
        if (terminal.json()) {
            terminal.print(Value.object(
                    "items",
                    Value.array(migrations.stream().map(StatusJson::toValue).toList())));
        } else if (migrations.isEmpty()) {
            terminal.print(all ? "no migrations" : "nothing under way; --all shows those that ended");
        } else {
            migrations.forEach(status -> terminal.print(String.format(
                    "%-44s %-12s %s",
                    status.id(), status.environment(), terminal.statuses().line(status))));
        }
        return ExitCode.OK;
    }

    /** A migration, or a run of a fleet of that id, or one after the other where there are both: none hides the other. */
    private int one(Api api) {
        var migration = api.statusIfKnown(id);
        var run = api.fleetIfKnown(id);
        if (run.isEmpty()) {
            return show(migration.orElseGet(() -> api.status(id))); // says what is wrong
        }
        int code = migration.map(this::show).orElse(ExitCode.OK);
        terminal.show(FleetStatusJson.toValue(run.get()), _ -> terminal.fleets().full(run.get()));
        return Math.max(code, FleetCommand.exitCode(run.get()));
    }

    private int show(MigrationStatus status) {
        if (terminal.json()) {
            terminal.print(StatusJson.toValue(status));
        } else {
            // at once: what the actions came to is read from the bucket, which may be what is away
            terminal.print(terminal.statuses().full(status));
            actions(status).forEach(line -> terminal.print("  " + line));
        }
        return WatchCommand.exitCode(status);
    }

    /** That they cannot be told hides nothing else of the status. */
    private List<String> actions(MigrationStatus status) {
        if (status.planUri().isEmpty() || !OperationsText.hasBegun(status)) {
            return List.of();
        }
        try {
            return OperationsText.actions(
                    service.api().operations(id, Optional.of(ActionKind.ENTRY), 0, MOST_ACTIONS), id);
        } catch (ApiException e) {
            return List.of("actions  cannot be told: " + e.problem().code() + " "
                    + e.problem().message());
        }
    }

    /** Each object that the line links to; as JSON the bytes as they lie in the bucket: of several, one a line. */
    private int evidence(Api api) {
        if (id == null) {
            throw new ParameterException(terminal.commandLine(), "--evidence needs the ID of a migration");
        }
        var status = api.status(id);
        var line = status.checklist().stream()
                .filter(one -> one.name().equals(evidence))
                .findFirst()
                .filter(one -> !one.links().isEmpty())
                .orElseThrow(() -> nothingToOpen(status));
        if (!terminal.json()) {
            terminal.statuses().line(status, evidence).ifPresent(terminal::print);
        }
        boolean alone = line.links().stream().filter(EvidenceLink::isStored).count() == 1;
        for (int number = 0; number < line.links().size(); number++) {
            var link = line.links().get(number);
            if (link.isStored()) {
                show(link, api.checklistEvidence(id, evidence, number), alone);
            } else if (!terminal.json()) {
                terminal.print("\n" + EvidenceText.report(id));
            }
        }
        return ExitCode.OK;
    }

    private void show(EvidenceLink link, byte[] object, boolean alone) {
        if (terminal.json()) {
            var text = new String(object, StandardCharsets.UTF_8);
            if (alone) {
                terminal.printExactly(text);
            } else {
                terminal.print(text.stripTrailing());
            }
            return;
        }
        terminal.print("\n" + EvidenceText.title(link));
        EvidenceText.lines(link, object).forEach(line -> terminal.print("  " + line));
    }

    private ProblemException nothingToOpen(MigrationStatus status) {
        return new ProblemException(Problem.of("CLI-NO-EVIDENCE", "there is nothing to open for this line")
                .about("migration " + id + ", line " + evidence)
                .expected("one of "
                        + status.checklist().stream()
                                .filter(one -> !one.links().isEmpty())
                                .map(ChecklistLine::name)
                                .toList())
                .found(status.checklist().stream()
                        .filter(one -> one.name().equals(evidence))
                        .map(one -> one.mark() + ": " + one.evidence())
                        .findFirst()
                        .orElse("no such line"))
                .todo("migrator status " + id));
    }

    /** Page by page, so that a plan of any size can be shown. */
    private int operations(Api api) {
        if (id == null) {
            throw new ParameterException(terminal.commandLine(), "--operations needs the ID of a migration");
        }
        var status = api.status(id);
        int offset = 0;
        Value.Obj page;
        do {
            page = api.operations(id, Optional.empty(), offset, PAGE);
            if (offset == 0 && !terminal.json()) {
                terminal.print(OperationsText.title(status, page, terminal.statuses()));
            }
            terminal.show(page, OperationsText::table);
            offset += PAGE;
        } while (page.get("more").equals(new Value.Bool(true)));
        return WatchCommand.exitCode(status);
    }
}
