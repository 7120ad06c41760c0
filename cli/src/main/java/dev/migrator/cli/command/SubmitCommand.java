package dev.migrator.cli.command;

import dev.migrator.cli.ExitCode;
import dev.migrator.core.canonical.CanonicalJson;
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
            "Start a migration: of a folder with manifests, or of exactly the plan that was read; or one for each environment"
                    + " of a fleet, wave by wave.",
            "",
            "  migrator submit meta/ --env production     plans it, and carries out the plan",
            "  migrator submit meta/ --fleet europe       the same in all environments of the fleet",
            "  migrator submit --plan 9f3c1e7a            runs exactly that plan, or refuses",
            ""
        })
public final class SubmitCommand extends ChangeCommand implements Callable<Integer> {
    /** Of a fleet in a chosen id: the names of environments stand behind it. */
    private static final int MOST_OF_A_NAME = 16;

    @Mixin
    private Waiting waiting;

    @Option(
            names = "--plan",
            paramLabel = "DIGEST",
            description = "instead of DIR: the plan that migrator plan has shown, by at least 8 digits of its digest")
    private String plan;

    @Option(
            names = "--fleet",
            paramLabel = "FLEET",
            description = "instead of --env: each environment of this fleet, in waves, as in environments.yaml")
    private String fleet;

    @Option(
            names = "--id",
            paramLabel = "ID",
            description = "chosen id; submitting the same change twice under one id starts one migration")
    private String id;

    @Override
    public Integer call() {
        if (fleet != null) {
            return ofFleet();
        }
        return plan == null ? ofFolder() : ofPlan();
    }

    private int ofFleet() {
        if (plan != null || environment != null) {
            throw new ParameterException(
                    terminal.commandLine(),
                    "--fleet, --env and --plan exclude each other: a fleet has its environments");
        }
        requireFolder();
        var bundle = bundle();
        if (bundle.isEmpty()) {
            return ExitCode.REFUSED;
        }
        var request = new TreeMap<String, Value>();
        request.put("id", Value.of(id == null ? newId(brief(fleet)) : id));
        request.put("fleet", Value.of(fleet));
        request.put("commit", Value.of(commit()));
        request.put("bundle", CanonicalJson.parse(bundle.get().bytes()));
        select.into(request);
        var api = service.api();
        return waiting.startedFleet(api, api.submitFleet(Value.object(request)), terminal);
    }

    /** Without dots: the first one ends the id of a run in those of its migrations. */
    private static String brief(String fleet) {
        return fleet.substring(0, Math.min(MOST_OF_A_NAME, fleet.length())).replace('.', '-');
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
