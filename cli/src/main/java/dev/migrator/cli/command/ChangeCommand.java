package dev.migrator.cli.command;

import dev.migrator.cli.api.Api;
import dev.migrator.core.bundle.Bundle;
import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.lifecycle.ChangeRequest;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.TreeMap;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** What {@code plan} and {@code submit} share: both publish a change, one of them only to see its plan. */
abstract class ChangeCommand {
    @Mixin
    Terminal terminal;

    @Mixin
    Service service;

    @Mixin
    SelectOption select;

    @Parameters(
            arity = "0..1",
            paramLabel = "DIR",
            description = "folder with manifests, or a file that 'package' wrote (FILE.json)")
    Path folder;

    @Option(
            names = {"--env", "--environment"},
            paramLabel = "ENV",
            description = "where to, as in environments.yaml")
    String environment;

    @Option(
            names = "--commit",
            paramLabel = "COMMIT",
            description =
                    "what the manifests come from (default: git's HEAD, or what is written beside a packaged file)")
    private String commit;

    /** @throws ParameterException if no folder is named */
    void requireFolder() {
        if (folder == null) {
            throw new ParameterException(terminal.commandLine(), "Missing required parameter: 'DIR'");
        }
    }

    /** @throws ParameterException if no environment is named */
    void requireEnvironment() {
        if (environment == null) {
            throw new ParameterException(terminal.commandLine(), "Missing required option: '--env=ENV'");
        }
    }

    java.util.Optional<Bundle> bundle() {
        return Inputs.loadOrOpen(folder, terminal);
    }

    String publish(Api api, Bundle bundle, ChangeRequest.Intent intent, String id) {
        var request = new TreeMap<String, Value>();
        request.put("id", Value.of(id));
        request.put("environment", Value.of(environment));
        request.put("intent", Value.of(intent.name()));
        request.put("commit", Value.of(commit()));
        request.put("bundle", CanonicalJson.parse(bundle.bytes()));
        select.into(request);
        return api.submit(Value.object(request));
    }

    String commit() {
        if (commit != null) {
            return commit;
        }
        return Packaged.is(folder) ? Packaged.commitOf(folder).orElse("no-commit") : Inputs.commitOf(folder);
    }

    /** Readable and unique: environment, time, and enough chance that two at once differ. */
    static String newId(String environment) {
        var time = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").format(ZonedDateTime.now(ZoneOffset.UTC));
        var name = environment.replaceAll("[^A-Za-z0-9._-]", "-");
        return name.substring(0, Math.min(32, name.length())) + "-" + time + "-"
                + String.format("%06x", new SecureRandom().nextInt(1 << 24));
    }
}
