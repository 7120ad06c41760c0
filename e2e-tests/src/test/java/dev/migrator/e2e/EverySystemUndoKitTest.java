package dev.migrator.e2e;

import static dev.migrator.e2e.Bundles.httpCheck;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.cli.ExitCode;
import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.MigrationState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A change to every system is under way when all services go down: the kit alone puts each system back. */
@EndToEnd
@Order(14)
class EverySystemUndoKitTest {
    private static final String ENVIRONMENT = EverySystem.ENVIRONMENT;

    @TempDir
    Path folder;

    private final SharedStack stack;
    private final Migrations migrations;

    EverySystemUndoKitTest(SharedStack stack) {
        this.stack = stack;
        this.migrations = stack.migrations();
    }

    @Test
    void aChangeOfEverySystemIsUndoneWithoutAnyServiceAndTakenOverByThemLater() throws Exception {
        try (var systems = new EverySystem(stack, "kitted", "chargeback");
                var page = new CheckedPage()) {
            systems.prepare();
            migrations.submit("kitted-1", ENVIRONMENT, systems.bundle("meta"));
            migrations.await("kitted-1", MigrationState.AWAITING_APPROVAL);
            migrations.approve("kitted-1");
            migrations.await("kitted-1", MigrationState.SUCCEEDED);
            var before = systems.listing();
            var changes = new ArrayList<>(systems.manifests("change"));
            changes.add(httpCheck("kitted-page", page.url(), 200));
            migrations.submit("kitted-2", ENVIRONMENT, Bundles.of(changes.toArray(String[]::new)));
            migrations.await("kitted-2", MigrationState.AWAITING_APPROVAL);
            migrations.approve("kitted-2");
            page.awaitAsked(Migrations.PATIENCE);
            var changed = systems.listing();
            assertThat(changed)
                    .as("each system is changed")
                    .allSatisfy((system, now) -> assertThat(now).isNotEqualTo(before.get(system)));
            var undoing = new Undoing(stack, folder);
            var kit = undoing.kitOf("kitted-2");
            Undoing.SERVICES.forEach(service -> stack.stack().kill(service));
            var secrets = stack.stack().layout().secrets().toString();

            var preview = undoing.undo(kit, targets(), "--preview", "--secrets", secrets);
            assertThat(preview.code()).as(preview.out() + preview.err()).isEqualTo(ExitCode.OK);
            assertThat(preview.out())
                    .contains("Nothing was written", "NOT as before", "conflicts 0")
                    .containsPattern("would undo [1-9]");
            assertThat(systems.listing()).isEqualTo(changed);

            var undone = undoing.undo(kit, targets(), undoing.withBucket("--secrets", secrets));
            assertThat(undone.code()).as(undone.out() + undone.err()).isEqualTo(ExitCode.OK);
            assertThat(undone.out()).contains("same as before", "UNDONE");
            assertThat(systems.listing()).isEqualTo(before);

            page.answer(200); // whoever looks now finds that all is well
            Undoing.SERVICES.forEach(service -> stack.stack().start(service));
            var end = migrations.await("kitted-2", MigrationState.ROLLED_BACK);
            assertThat(end.endHash()).isPresent().isEqualTo(end.beforeHash());
            // whoever of the two comes first: the executor finds the receipt, the verifier that nothing reads back as
            // planned
            assertThat(end.problems()).extracting(Problem::code).containsAnyOf("APL-UNDONE", "VRF-ROLLBACK");
            assertThat(systems.listing()).isEqualTo(before);
        }
    }

    /** Each system with the executor's own credential, as an operator would be given it. */
    private Path targets() throws IOException {
        var credentials = stack.stack().layout().config().resolve("credentials").resolve("executor-service");
        return Files.writeString(folder.resolve("targets.yaml"), """
                apiVersion: migrator.dev/v1
                kind: Targets
                environment: production
                targets:
                  - {name: kafka, type: kafka, address: "%s", credentials: "%s"}
                  - {name: registry, type: apicurio-registry, address: "%s"}
                  - {name: connect, type: kafka-connect, address: "%s"}
                  - {name: postgres, type: postgresql, address: "%s", credentials: "%s"}
                  - {name: policies, type: http, address: "%s"}
                """.formatted(
                        stack.stack().kafka(ENVIRONMENT).bootstrap(),
                        credentials.resolve("production-kafka-write.properties"),
                        stack.stack().registryUrl(ENVIRONMENT),
                        stack.stack().address("connect-" + ENVIRONMENT),
                        stack.stack().address("postgres-" + ENVIRONMENT),
                        credentials.resolve("production-postgres-write.properties"),
                        stack.inHouse().url()));
    }
}
