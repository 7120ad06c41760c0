package dev.migrator.cli.command;

import dev.migrator.cli.ExitCode;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.lifecycle.ChangeRequest;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

@Command(
        name = "submit",
        description = {
            "Start a migration: of a folder with manifests, or of exactly the plan that was read.",
            "",
            "  migrator submit meta/ --env production     plans it, and carries out the plan",
            "  migrator submit --plan 9f3c1e7a            runs exactly that plan, or refuses",
            ""
        })
public final class SubmitCommand extends ChangeCommand implements Callable<Integer> {
    @Mixin
    private Waiting waiting;

    @Option(
            names = "--plan",
            paramLabel = "DIGEST",
            description = "instead of DIR: the plan that migrator plan has shown, by at least 8 digits of its digest")
    private String plan;

    @Option(
            names = "--id",
            paramLabel = "ID",
            description = "chosen id; submitting the same change twice under one id starts one migration")
    private String id;

    @Override
    public Integer call() {
        return plan == null ? ofFolder() : ofPlan();
    }

    private int ofFolder() {
        requireFolder();
        requireEnvironment();
        var bundle = bundle();
        if (bundle.isEmpty()) {
            return ExitCode.REFUSED;
        }
        var api = service.api();
        var started = publish(api, bundle.get(), ChangeRequest.Intent.APPLY, id == null ? newId(environment) : id);
        return waiting.started(api, Value.object("id", Value.of(started)), terminal);
    }

    private int ofPlan() {
        if (folder != null || select.given()) {
            throw new ParameterException(
                    terminal.commandLine(),
                    "DIR or --select, and --plan exclude each other: a plan brings its own bundle and selection");
        }
        var api = service.api();
        var request = new TreeMap<String, Value>();
        request.put("id", Value.of(id == null ? newId(environment == null ? "plan" : environment) : id));
        request.put("planDigest", Value.of(plan));
        request.put("intent", Value.of(ChangeRequest.Intent.APPLY.name()));
        if (environment != null) {
            request.put("environment", Value.of(environment));
        }
        return waiting.started(api, Value.object("id", Value.of(api.submit(Value.object(request)))), terminal);
    }
}
