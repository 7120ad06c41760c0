package dev.migrator.chaos.run;

import dev.migrator.chaos.model.Change;
import dev.migrator.cli.api.Api;
import dev.migrator.cli.api.ApiException;
import dev.migrator.cli.api.Connection;
import dev.migrator.core.bundle.Bundle;
import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.localstack.LocalStack;
import dev.migrator.localstack.ServiceSpec;
import dev.migrator.manifests.Manifests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Who asks for migrations, approves and steers them: over the HTTP API, as often as it takes while the console is away. */
public final class People {
    private static final String COMMIT = "4be21d0";
    private static final int REFUSED_FOR_NOW = 409;
    private static final int NOT_KNOWN_YET = 404;

    private final Map<String, Api> apis = new TreeMap<>();

    public People(LocalStack stack) {
        var server = URI.create(stack.serviceUrl(ServiceSpec.CONSOLE) + "/");
        for (String user : List.of("developer", "approver", "owner", "operator", "viewer")) {
            apis.put(user, new Api(new Connection(server, stack.token(user))));
        }
    }

    /** Asks for it. Asking twice with the same id starts one migration. */
    public void submit(String id, String environment, List<Change> changes, Optional<String> checkedPage)
            throws InterruptedException {
        var documents = new ArrayList<String>();
        changes.forEach(change -> documents.add(change.manifest()));
        checkedPage.ifPresent(url -> documents.add("""
                apiVersion: migrator.dev/v1
                kind: SmokeCheck
                metadata: {name: %s-page}
                spec: {type: http, url: "%s", status: 200}
                """.formatted(id, url)));
        var request = Value.object(
                "id", Value.of(id),
                "environment", Value.of(environment),
                "intent", Value.of("APPLY"),
                "commit", Value.of(COMMIT),
                "bundle", CanonicalJson.parse(bundle(documents).bytes()));
        while (!accepted(() -> apis.get("developer").submit(request))) {
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    private static Bundle bundle(List<String> documents) {
        try {
            Path file = Files.createTempFile("chaos", ".yaml");
            try {
                Files.writeString(file, String.join("\n---\n", documents));
                var loaded = Manifests.load(file);
                return loaded.bundle()
                        .orElseThrow(
                                () -> new IllegalStateException("the manifests are not right: " + loaded.findings()));
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Approves that plan, as two people. */
    public void approve(String id, String planDigest) throws InterruptedException {
        for (String user : List.of("approver", "owner")) {
            tried(() -> apis.get(user).decide(id, planDigest, true, "drawn"));
        }
    }

    /** Commands it until it is taken or turned down for good. @return whether it was taken */
    public boolean command(String id, String command) throws InterruptedException {
        return tried(() -> apis.get("operator").command(id, command, id + "-" + command, "drawn"));
    }

    /** Ids of migrations that have not ended, as the console tells. */
    public List<String> unfinished(String environment) {
        return apis.get("viewer").migrations(Optional.of(environment), false).stream()
                .map(status -> status.id().value())
                .toList();
    }

    /** @return false if nobody answers, or nothing is known of it yet */
    private static boolean accepted(Runnable call) {
        try {
            call.run();
            return true;
        } catch (ApiException e) {
            if (e.refused() && e.status() != NOT_KNOWN_YET && e.status() != REFUSED_FOR_NOW) {
                throw e;
            }
            return false;
        }
    }

    private static boolean tried(Runnable call) throws InterruptedException {
        while (true) {
            try {
                call.run();
                return true;
            } catch (ApiException e) {
                if (e.refused() && e.status() != NOT_KNOWN_YET) {
                    return false;
                }
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }
}
