package dev.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.cli.undo.KitFile;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.lifecycle.ChecklistLine;
import dev.migrator.core.lifecycle.EvidenceLink;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Batch;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Phase;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlanCodec;
import dev.migrator.core.plan.PlannedOperation;
import dev.migrator.core.plan.Risk;
import dev.migrator.core.plan.StateHash;
import dev.migrator.core.plan.UndoClass;
import dev.migrator.core.undo.KitTarget;
import dev.migrator.core.undo.UndoKit;
import dev.migrator.core.undo.UndoKitCodec;
import dev.migrator.target.testkit.InMemoryTarget;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Undoing by kit from a laptop: what was written is taken back, and whatever is not right is refused before. */
class UndoCommandTest {
    private static final EntryKey ORDERS = new EntryKey("kafka", "topic", "orders");
    private static final EntryKey REFUNDS = new EntryKey("kafka", "topic", "refunds");

    @TempDir
    Path home;

    private Path targets;
    private Path kit;

    @BeforeEach
    void aMigrationHasWrittenEverything() throws IOException {
        MemoryTargets.target = InMemoryTarget.ofAllKinds("kafka");
        MemoryTargets.openedWith = Map.of();
        MemoryTargets.writable = true;
        MemoryTargets.target.outsiderSets(ORDERS, retention("1"));
        kit = write(kit(MemoryTargets.target.identity()));
        MemoryTargets.target.outsiderSets(ORDERS, retention("2"));
        MemoryTargets.target.outsiderSets(REFUNDS, retention("7"));
        Files.writeString(home.resolve("writer.properties"), "user=writer\n");
        targets = targetsFile("production");
    }

    @AfterEach
    void nobodyElseMayWrite() {
        MemoryTargets.writable = false;
    }

    @Test
    void thePreviewOpensNothingForWritingAndShowsEveryOperation() {
        MemoryTargets.writable = false;
        MemoryTargets.target.outsiderSets(REFUNDS, retention("8"));
        int events = MemoryTargets.target.events().size();

        var result = undo("--preview");

        assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.OK);
        assertThat(result.out())
                .contains("conflict   topic refunds (kafka)", "undo       topic orders (kafka)")
                .contains("config.retention.ms \"2\" -> \"1\"", "undo: exact", "would undo 1", "conflicts 1")
                .contains("NOT as before", "Nothing was written");
        assertThat(MemoryTargets.target.events()).hasSize(events);
        var json = (Value.Obj) undo("--preview", "-o", "json").json().getFirst();
        assertThat(((Value.Arr) json.get("operations")).items()).hasSize(2);
        assertThat(json.get("sameAsBefore")).isEqualTo(Value.of(false));
    }

    @Test
    void aKitThatIsFetchedThroughTheConsoleIsTheOneThatTheChecklistNames() throws IOException {
        var bytes = Files.readAllBytes(kit);
        var digest = Digest.of(bytes);
        var fetched = home.resolve("kit.json");
        try (var console = new FakeConsole()) {
            Shell.stackIsUp(home, console.url());
            console.migration(Statuses.listing(new ChecklistLine(
                    "undo-kit",
                    ChecklistLine.Mark.PASSED,
                    "read back",
                    List.of(new EvidenceLink("undo-kit", "4be21d0/m-1/undo-kit.json", Optional.of(digest))))));
            console.on("GET /api/v1/migrations/m-1/checklist/undo-kit/evidence/0", 200, bytes);

            var shown = Shell.run(home, "status", "m-1", "--evidence", "undo-kit", "-o", "json");
            Files.writeString(fetched, shown.out());
        }

        assertThat(KitFile.read(fetched, Optional.of(digest)).kit())
                .isEqualTo(KitFile.read(kit, Optional.empty()).kit());
    }

    @Test
    void withTheReceiptInTheBucketEverythingIsUndoneAndMeasured() throws IOException {
        try (var bucket = new FakeBucket()) {
            var result = undo(withBucket(bucket));

            assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.OK);
            assertThat(result.out()).contains("2/2 batches", "same as before", "UNDONE", "4be21d0/m-1/undone.json");
            assertThat(bucket.objects()).containsOnlyKeys("migrator/4be21d0/m-1/undone.json");
            assertThat(new String(bucket.objects().get("migrator/4be21d0/m-1/undone.json"), StandardCharsets.UTF_8))
                    .contains("\"by\":\"carol\"", "\"migration\":\"m-1\"", digest());
            assertAsBefore();
            assertThat(MemoryTargets.openedWith).isEqualTo(Map.of("user", "writer"));
            assertThat(home.resolve(kit.getFileName() + ".result.json"))
                    .content()
                    .contains("\"result\":\"undone\"");

            var again = undo(withBucket(bucket));
            assertThat(again.code()).isEqualTo(ExitCode.OK);
            assertThat(again.out()).contains("undone 0, as before 2");
        }
    }

    @Test
    void withoutABucketThePersonHasToSayThatTheServicesAreDown() {
        var refused = undo();
        assertThat(refused.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(refused.err()).contains("KIT-RECEIPT", "--services-are-down");
        assertUntouched();

        var result = undo("--services-are-down", "-o", "json");
        assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.OK);
        assertThat(result.err()).contains("--receipt-only", "4be21d0/m-1/undone.json", "BEFORE any executor starts");
        assertThat(((Value.Obj) result.json().getFirst()).get("result")).isEqualTo(Value.of("undone"));
        assertAsBefore();
    }

    @Test
    void theReceiptCanBePutLaterAndIsTheOneOfTheUndo() throws IOException {
        undo("--services-are-down");
        var left = Files.readAllBytes(home.resolve(kit.getFileName() + ".undone.json"));
        try (var bucket = new FakeBucket()) {
            var arguments = new ArrayList<>(List.of("undo", "--kit", kit.toString(), "--receipt-only"));
            arguments.addAll(List.of(withBucket(bucket)));
            var result = Shell.run(home, arguments.toArray(String[]::new));

            assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.OK);
            assertThat(bucket.objects().get("migrator/4be21d0/m-1/undone.json")).isEqualTo(left);
        }
    }

    @Test
    void aBucketThatDoesNotTakeTheReceiptStopsTheUndo() throws IOException {
        try (var bucket = new FakeBucket()) {
            for (int status : new int[] {403, 503}) {
                bucket.answering(status);
                var result = undo(withBucket(bucket));
                assertThat(result.code()).isEqualTo(ExitCode.REFUSED);
                assertThat(result.err()).contains("KIT-BUCKET", "" + status).doesNotContain("my-secret");
            }
        }
        assertUntouched();
        assertThat(undo("--bucket", "http://127.0.0.1:1/migrator").err()).contains("KIT-BUCKET", "no --bucket-cred");
    }

    @Test
    void anotherClusterThanTheMigrationWroteIsRefusedBeforeAnyWrite() throws IOException {
        kit = write(kit("another-cluster"));

        for (var how : List.of("--services-are-down", "--preview")) {
            var result = undo(how);
            assertThat(result.code()).isEqualTo(ExitCode.REFUSED);
            assertThat(result.err()).contains("TGT-WRONG-CLUSTER", "another-cluster", MemoryTargets.target.identity());
        }
        assertUntouched();
        assertThat(home.resolve(kit.getFileName() + ".undone.json")).doesNotExist();
    }

    @Test
    void anAlteredKitIsRefusedBeforeAnythingIsOpened() throws IOException {
        var bytes = Files.readAllBytes(kit);
        var text = new String(bytes, StandardCharsets.UTF_8);
        for (var altered : List.of(
                text.replace("\"config.retention.ms\":\"1\"", "\"config.retention.ms\":\"3\""),
                text.replace("4be21d0", "4be21d1"),
                text.substring(0, text.length() / 2),
                text + "\n")) {
            Files.writeString(kit, altered);
            var result = undo("--services-are-down");
            assertThat(result.code()).isEqualTo(ExitCode.REFUSED);
            assertThat(result.err()).containsPattern("KIT-(ALTERED|FORMAT)");
        }
        Files.write(kit, bytes);
        assertThat(undo("--preview", "--digest", Digest.ofText("another").toString())
                        .err())
                .contains("KIT-OTHER", digest());
        assertThat(MemoryTargets.openedWith).isEmpty();
        assertUntouched();
    }

    @Test
    void withoutTheCredentialOrTheTargetNothingIsOpened() throws IOException {
        Files.delete(home.resolve("writer.properties"));
        var missing = undo("--services-are-down");
        assertThat(missing.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(missing.err()).contains("CRD-MISSING", "writer.properties");

        targets = targetsFile("test");
        assertThat(undo("--services-are-down").err()).contains("CLI-OTHER-ENVIRONMENT", "production");
        Files.writeString(targets, Files.readString(targetsFile("production")).replace("name: kafka", "name: other"));
        assertThat(undo("--services-are-down").err()).contains("KIT-TARGET", "target kafka of type kafka");
        assertThat(Shell.run(home, "undo", "--kit", kit.toString()).err()).contains("--target FILE");
        assertThat(Shell.run(home, "undo", "--kit", home.resolve("none").toString())
                        .err())
                .contains("KIT-FILE");
        assertThat(MemoryTargets.openedWith).isEmpty();
        assertUntouched();
    }

    @Test
    void whatOthersChangedSinceIsLeftAndTheEndSaysExactlyWhat() {
        MemoryTargets.target.outsiderSets(ORDERS, retention("9"));
        MemoryTargets.target.outsiderSets(REFUNDS, Content.of("config.cleanup.policy", Value.of("compact")));

        var result = undo("--services-are-down");

        assertThat(result.code()).isEqualTo(ExitCode.ROLLBACK_INCOMPLETE);
        assertThat(result.out())
                .contains("conflict  topic orders (kafka)", "UNDO INCOMPLETE", "NOT as before")
                .contains("differs   topic orders (kafka) config.retention.ms: expected \"1\", found \"9\"");
        assertThat(MemoryTargets.target.truth(ORDERS).contentIfPresent()).hasValue(retention("9"));
    }

    private Shell.Result undo(String... more) {
        var arguments = new ArrayList<>(List.of(
                "undo", "--kit", kit.toString(), "--target", targets.toString(), "--wait", "0", "--by", "carol"));
        arguments.addAll(List.of(more));
        return Shell.run(home, arguments.toArray(String[]::new));
    }

    private String[] withBucket(FakeBucket bucket) throws IOException {
        var credentials = Files.writeString(home.resolve("bucket"), "access-key=me\nsecret-key=my-secret\n");
        return new String[] {"--bucket", bucket.address(), "--bucket-credentials", credentials.toString()};
    }

    private static void assertAsBefore() {
        assertThat(MemoryTargets.target.truth(ORDERS).contentIfPresent()).hasValue(retention("1"));
        assertThat(MemoryTargets.target.truth(REFUNDS)).isEqualTo(EntryState.ABSENT);
    }

    private static void assertUntouched() {
        assertThat(MemoryTargets.target.truth(ORDERS).contentIfPresent()).hasValue(retention("2"));
        assertThat(MemoryTargets.target.truth(REFUNDS).contentIfPresent()).hasValue(retention("7"));
    }

    private String digest() throws IOException {
        return Digest.of(Files.readAllBytes(kit)).toString();
    }

    private Path write(UndoKit made) throws IOException {
        return Files.write(home.resolve("kit.json"), UndoKitCodec.bytes(made));
    }

    private Path targetsFile(String environment) throws IOException {
        return Files.writeString(home.resolve("targets.yaml"), """
                apiVersion: migrator.dev/v1
                kind: Targets
                environment: %s
                targets:
                  - {name: kafka, type: kafka, address: "127.0.0.1:9", credentials: writer.properties}
                """.formatted(environment));
    }

    /** One topic changed, then one made, from what the target holds now. */
    private static UndoKit kit(String identity) {
        var state = MemoryTargets.target.truth(ORDERS);
        var update = new Operation.Update(ORDERS, retention("1"), retention("2"));
        var phases = List.of(new Phase(
                0,
                "all",
                List.of(
                        new Batch(0, "kafka", List.of(planned(update, ((EntryState.Present) state).incarnation()))),
                        new Batch(1, "kafka", List.of(planned(new Operation.Create(REFUNDS, retention("7")), "")))),
                List.of()));
        var plan = plan(Digest.ofText("-"), phases);
        plan = plan(StateHash.of(StateHash.pairs(plan), Map.of(ORDERS, state)), phases);
        return new UndoKit(
                new MigrationId("m-1"),
                "4be21d0",
                plan,
                PlanCodec.digest(plan),
                Optional.empty(),
                List.of(new KitTarget("kafka", "kafka", identity)));
    }

    private static Plan plan(Digest before, List<Phase> phases) {
        return new Plan(
                "production", Digest.ofText("bundle"), Digest.ofText("policy"), before, phases, List.of(), List.of());
    }

    private static PlannedOperation planned(Operation operation, String incarnation) {
        return new PlannedOperation(
                "uid", "Topic/t", operation, incarnation, Risk.MUTATING, UndoClass.EXACT, List.of());
    }

    private static Content retention(String value) {
        return Content.of("config.retention.ms", Value.of(value));
    }
}
