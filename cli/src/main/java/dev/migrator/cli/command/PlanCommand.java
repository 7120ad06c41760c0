package dev.migrator.cli.command;

import dev.migrator.cli.ExitCode;
import dev.migrator.cli.api.Api;
import dev.migrator.cli.direct.DirectPlan;
import dev.migrator.cli.render.FindingGroups;
import dev.migrator.cli.render.StatusText;
import dev.migrator.core.bundle.Bundle;
import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.lifecycle.ChangeRequest;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.core.lifecycle.StatusJson;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlanCodec;
import dev.migrator.core.plan.PlanResult;
import dev.migrator.core.plan.Policy;
import dev.migrator.core.present.FrameJson;
import dev.migrator.core.present.PlanFrame;
import dev.migrator.core.present.PlanText;
import dev.migrator.policy.Policies;
import dev.migrator.policy.PoliciesFile;
import dev.migrator.target.TargetException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

@Command(
        name = "plan",
        description = {
            "Show what a migration would do; writes nothing to the environment.",
            "With --target, or --env and --environments, it needs no service: the targets are read directly."
        })
public final class PlanCommand extends ChangeCommand implements Callable<Integer> {
    @Mixin
    private DirectOptions direct;

    @Mixin
    private PlanReport report;

    @Option(
            names = "--policies",
            paramLabel = "FILE",
            description = "without services: judge the plan by the default policies and those in this file")
    private Path policies;

    @Option(names = "--exit-code", description = "exit with 2 when there are changes")
    private boolean changesInExitCode;

    @Override
    public Integer call() throws TargetException {
        report.check();
        requireFolder();
        if (!direct.given()) {
            requireEnvironment();
            if (policies != null) {
                throw new ParameterException(
                        terminal.commandLine(), "--policies is for planning without services; they have their own");
            }
        }
        var bundle = bundle();
        if (bundle.isEmpty()) {
            return ExitCode.REFUSED;
        }
        return direct.given() ? directly(bundle.get()) : throughTheServices(bundle.get());
    }

    /** Without any service: the same planner over what is read here, and what could not be checked is said. */
    private int directly(Bundle bundle) throws TargetException {
        var source = direct.source(environment);
        var since = Instant.now();
        var rules = rules();
        if (rules.isEmpty() && policies != null) {
            return ExitCode.REFUSED;
        }
        var notChecked = DirectPlan.notChecked(rules.isPresent());
        return switch (DirectPlan.of(bundle, source, select.selector(), rules)) {
            case PlanResult.Rejected(var findings) -> {
                Inputs.report(findings, terminal);
                yield ExitCode.REFUSED;
            }
            case PlanResult.Planned(var plan, int unchanged, var _) -> {
                var frame = PlanFrame.BARE
                        .from(commit())
                        .seen(DirectPlan.around(bundle, source, plan, unchanged, since, select.selector()))
                        .unchecked(notChecked)
                        .needing(Policy.of(source.environment()));
                var text = PlanText.of(plan, frame);
                report.write(plan, frame);
                if (terminal.json()) {
                    terminal.print(Value.object(
                            "digest", Value.of(PlanCodec.digest(plan).toString()),
                            "text", Value.of(text.plain()),
                            "plan", PlanCodec.toValue(plan),
                            "notChecked",
                                    Value.array(
                                            notChecked.stream().map(Value::of).toList()),
                            "frame", FrameJson.toValue(frame)));
                } else {
                    terminal.print(text);
                }
                yield changesInExitCode && !plan.isEmpty() ? ExitCode.CHANGES : ExitCode.OK;
            }
        };
    }

    /** Empty without a file, or with one that is wrong, which is said. */
    private Optional<Policies> rules() {
        if (policies == null) {
            return Optional.empty();
        }
        var loaded = PoliciesFile.load(policies);
        Inputs.report(loaded.findings(), terminal);
        return loaded.policies();
    }

    private int throughTheServices(Bundle bundle) {
        var api = service.api();
        var id = publish(api, bundle, ChangeRequest.Intent.PLAN, newId("plan-" + environment));
        var status = show(api, id, report, terminal);
        return status.state() == MigrationState.REJECTED
                ? ExitCode.REFUSED
                : changesInExitCode && status.state() != MigrationState.NO_CHANGES ? ExitCode.CHANGES : ExitCode.OK;
    }

    /** Waits for the plan of a change that was only published to see it, and prints it. */
    static int shown(Api api, String id, PlanReport report, Terminal terminal) {
        return show(api, id, report, terminal).state() == MigrationState.REJECTED ? ExitCode.REFUSED : ExitCode.OK;
    }

    private static MigrationStatus show(Api api, String id, PlanReport report, Terminal terminal) {
        var status = WatchCommand.await(api, id, MigrationStatus::ended);
        if (status.state() == MigrationState.REJECTED) {
            if (terminal.json()) {
                terminal.print(StatusJson.toValue(status));
            } else {
                FindingGroups.ofProblems(status.problems(), terminal.colors()).forEach(terminal::print);
            }
            return status;
        }
        var answer = api.plan(id);
        var plan = plan(answer);
        var frame = FrameJson.fromValue(answer.get("frame"));
        report.write(plan, frame.unchecked(notChecked(frame, status)));
        if (terminal.json()) {
            terminal.print(answer);
        } else {
            terminal.print(PlanText.of(plan, frame));
            new StatusText(terminal.colors()).line(status, "dry-run").ifPresent(terminal::print);
        }
        return status;
    }

    /** What is shown has the digest that an approval will name: checked here, not believed. */
    private static Plan plan(Value.Obj answer) {
        var digest = Digest.parse(((Value.Text) answer.get("digest")).value());
        return PlanCodec.read(CanonicalJson.bytes(answer.get("plan")), digest);
    }

    private static List<String> notChecked(PlanFrame frame, MigrationStatus status) {
        var dryRun = status.checklist().stream()
                .filter(line -> line.name().equals("dry-run"))
                .flatMap(line -> line.evidence().lines())
                .filter(line -> line.startsWith("not checked: "))
                .map(line -> line.substring("not checked: ".length()));
        return Stream.concat(frame.unchecked().stream(), dryRun).toList();
    }
}
