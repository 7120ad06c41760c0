package dev.migrator.demo;

import dev.migrator.cli.api.Api;
import dev.migrator.cli.api.Connection;
import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.lifecycle.ChangeRequest;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.localstack.LocalStack;
import dev.migrator.localstack.ServiceSpec;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Migrations through the console's HTTP API, as the command line does it. One person asks, others approve. */
final class Migrations {
    private static final Duration KNOWN_WITHIN = Duration.ofSeconds(30);
    private static final Duration STEP_WITHIN = Duration.ofSeconds(180);

    static final String APPROVER = "approver";
    /** The second one, where two have to approve. */
    static final String OWNER = "owner";

    private final Api developer;
    private final Map<String, Api> approvers;
    private final String commit;

    Migrations(LocalStack stack, String commit) {
        this.developer = api(stack, "developer");
        this.approvers = Map.of(APPROVER, api(stack, APPROVER), OWNER, api(stack, OWNER));
        this.commit = commit;
    }

    private static Api api(LocalStack stack, String user) {
        var server = URI.create(stack.serviceUrl(ServiceSpec.CONSOLE) + "/");
        return new Api(new Connection(server, stack.token(user)));
    }

    boolean none() {
        return developer.migrations(Optional.empty(), true).isEmpty();
    }

    /** @return once something is known of it */
    String submit(String id, String environment, Manifested manifested) {
        developer.submit(Value.object(
                "id",
                Value.of(id),
                "environment",
                Value.of(environment),
                "intent",
                Value.of(ChangeRequest.Intent.APPLY.name()),
                "commit",
                Value.of(commit),
                "bundle",
                CanonicalJson.parse(manifested.bundle().bytes())));
        long deadline = System.nanoTime() + KNOWN_WITHIN.toNanos();
        while (developer.statusIfKnown(id).isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw late(id, "a status within " + KNOWN_WITHIN.toSeconds() + " s", "none");
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        return id;
    }

    /** Follows it until that holds. Each status is told, from the present one on. */
    MigrationStatus follow(String id, Predicate<MigrationStatus> enough, Consumer<MigrationStatus> told) {
        var last = new AtomicReference<MigrationStatus>();
        var result = new CompletableFuture<MigrationStatus>();
        Thread.ofVirtual().name("follow " + id).start(() -> {
            try {
                result.complete(developer.follow(id, status -> {
                    last.set(status);
                    told.accept(status);
                    return status.ended() || enough.test(status);
                }));
            } catch (RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        try {
            return result.get(STEP_WITHIN.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            var status = Optional.ofNullable(last.get());
            throw late(
                    id,
                    "the next step within " + STEP_WITHIN.toSeconds() + " s",
                    status.map(s -> s.state() + ", waits for: " + s.waitsFor()).orElse("no status"));
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    String planText(String id) {
        return ((Value.Text) developer.plan(id).get("text")).value();
    }

    /** Somebody other than who asked for it. */
    void approve(String id, Digest plan, String who) {
        approvers.get(who).decide(id, plan.toString(), true, "read the plan");
    }

    private static ProblemException late(String id, String expected, String found) {
        return new ProblemException(Problem.of("DEM-LATE", "a migration does not go on")
                .about("migration " + id)
                .expected(expected)
                .found(found)
                .todo("./migrator stack status shows whether all parts run; their logs are in .local-stack/logs"));
    }
}
