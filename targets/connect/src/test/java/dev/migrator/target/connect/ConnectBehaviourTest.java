package dev.migrator.target.connect;

import static dev.migrator.target.connect.Entries.apply;
import static dev.migrator.target.connect.Entries.field;
import static dev.migrator.target.connect.Entries.key;
import static dev.migrator.target.connect.Entries.read;
import static dev.migrator.target.connect.Entries.retire;
import static dev.migrator.target.connect.Entries.sink;
import static dev.migrator.target.connect.Entries.source;
import static dev.migrator.target.connect.Entries.update;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.impact.Use;
import dev.migrator.core.kinds.ConnectorSecrets;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.target.DryRunOutcome;
import dev.migrator.target.TargetWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is particular to connectors, against a real worker. */
@Isolated("a worker that is kept busy takes up a new configuration later than is waited for")
class ConnectBehaviourTest {
    @TempDir
    Path folder;

    private final String url = Workers.shared().url();
    private final Outsider outsider = new Outsider(url);
    private final Set<String> made = new HashSet<>();
    private TargetWriter writer;

    @BeforeEach
    void open() {
        writer = Workers.writer(url);
    }

    @AfterEach
    void close() {
        outsider.removeAll(made);
        writer.close();
    }

    private String fresh(String begin) {
        var name = Entries.fresh(begin);
        made.add(name);
        return name;
    }

    private String topic() {
        var topic = fresh("topic");
        Topics.make(topic);
        return topic;
    }

    @Test
    void aSourceThatWasRetiredAndTakenBackGoesOnWhereItStopped() throws Exception {
        var topic = topic();
        var file = Files.writeString(folder.resolve("lines"), "1\n2\n");
        var create = source(fresh("source"), file, topic);
        assertThat(apply(writer, create)).isInstanceOf(Outcome.Applied.class);
        Outsider.until(() -> outsider.offsets(create.key().address()).toString().contains("4"));

        assertThat(apply(writer, retire(create))).isInstanceOf(Outcome.Applied.class);
        assertThat(read(writer, create.key().address())).isInstanceOf(EntryState.Retired.class);
        Files.writeString(file, "3\n", StandardOpenOption.APPEND);
        assertThat(apply(writer, retire(create).inverse())).isInstanceOf(Outcome.Applied.class);

        Outsider.until(() -> Topics.records(topic).size() >= 3);
        assertThat(Topics.records(topic)).containsExactly("1", "2", "3");
        assertThat(field(read(writer, create.key().address()), "run")).isEqualTo(Value.of("RUNNING"));
    }

    @Test
    void aSourceThatCommittedAPositionIsRetiredAndNotDeletedByItsUndoing() throws Exception {
        var file = Files.writeString(folder.resolve("lines"), "1\n");
        var create = source(fresh("source"), file, topic());
        assertThat(apply(writer, create)).isInstanceOf(Outcome.Applied.class);
        Outsider.until(() -> !outsider.offsets(create.key().address()).isEmpty());

        assertThat(apply(writer, create.inverse()))
                .isEqualTo(new Outcome.Retained(create.key(), "it has committed offsets"));

        var state = read(writer, create.key().address());
        assertThat(state).isInstanceOf(EntryState.Retired.class);
        assertThat(field(state, "offsets")).asString().contains("position");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PAUSED", "STOPPED"})
    void whatDidNotRunDoesNotRunAfterItsRetirementWasUndone(String run) throws Exception {
        var create = source(fresh("source"), folder.resolve("lines"), topic());
        var still = new Operation.Create(create.key(), create.after());
        var fields = new TreeMap<>(still.after().fields());
        fields.put("run", Value.of(run));
        var standing = new Operation.Create(create.key(), Content.of(fields));
        assertThat(apply(writer, standing)).isInstanceOf(Outcome.Applied.class);
        var before = read(writer, create.key().address());
        assertThat(field(before, "run")).isEqualTo(Value.of(run));

        // the plan may not speak of run at all: what it was is remembered
        assertThat(apply(writer, retire(create))).isInstanceOf(Outcome.Applied.class);
        assertThat(read(writer, create.key().address())).isInstanceOf(EntryState.Retired.class);
        assertThat(apply(writer, retire(create).inverse())).isInstanceOf(Outcome.Applied.class);

        assertThat(read(writer, create.key().address())).isEqualTo(before);
        assertThat(outsider.state(create.key().address())).isEqualTo(run);
    }

    @Test
    void whatWasOutOfUseBeforeIsNeverDeleted() throws Exception {
        var create = source(fresh("source"), folder.resolve("lines"), topic());
        assertThat(apply(writer, create)).isInstanceOf(Outcome.Applied.class);
        assertThat(apply(writer, retire(create))).isInstanceOf(Outcome.Applied.class);
        assertThat(apply(writer, create)).isInstanceOf(Outcome.Applied.class);

        assertThat(apply(writer, create.inverse())).isInstanceOf(Outcome.Retained.class);

        assertThat(read(writer, create.key().address())).isInstanceOf(EntryState.Retired.class);
    }

    @Test
    void aMarkWithoutAStopSaysNothingAndGoesWithTheNextChange() throws Exception {
        var create = source(fresh("source"), folder.resolve("lines"), topic());
        assertThat(apply(writer, create)).isInstanceOf(Outcome.Applied.class);
        var name = create.key().address();
        outsider.set(name, Map.of("migrator.retired", Value.of("RUNNING")));
        assertThat(read(writer, name)).isInstanceOf(EntryState.Present.class);

        assertThat(apply(writer, update(name, "run", "RUNNING", "STOPPED"))).isInstanceOf(Outcome.Applied.class);

        assertThat(read(writer, name)).isInstanceOf(EntryState.Present.class);
        assertThat(outsider.config(name)).doesNotContainKey("migrator.retired");
    }

    @Test
    void aTaskThatFailsIsAFailureWithTheFirstLineOfItsTrace() throws Exception {
        var create = sink(fresh("sink"), folder.resolve("no/such/folder/file"), topic());

        var outcome = apply(writer, create);

        assertThat(outcome).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.problem().code()).isEqualTo("CNR-FAILED");
            assertThat(failed.problem().found())
                    .startsWith("task 0: org.apache.kafka.connect.errors.ConnectException")
                    .doesNotContain("\n");
        });
        // what it left is undone like anything else
        assertThat(apply(writer, create.inverse())).isInstanceOf(Outcome.Applied.class);
        assertThat(read(writer, create.key().address())).isEqualTo(EntryState.ABSENT);
    }

    @Test
    void anUpdateThatBreaksAConnectorFailsAndItsUndoingRepairsIt() throws Exception {
        var good = folder.resolve("out");
        var create = sink(fresh("sink"), good, topic());
        assertThat(apply(writer, create)).isInstanceOf(Outcome.Applied.class);
        var name = create.key().address();
        var breaking = update(
                name,
                "config.file",
                good.toString(),
                folder.resolve("no/such/folder/file").toString());

        assertThat(apply(writer, breaking)).isInstanceOf(Outcome.Failed.class);
        assertThat(apply(writer, breaking.inverse())).isInstanceOf(Outcome.Applied.class);

        assertThat(field(read(writer, name), "config.file")).isEqualTo(Value.of(good.toString()));
        Outsider.until(() -> outsider.taskStates(name).equals(List.of("RUNNING")));
    }

    @Test
    void aFailedConnectorCanBeRetiredAndTakenBack() throws Exception {
        var name = fresh("sink");
        var create = sink(name, folder.resolve("no/such/folder/file"), topic());
        assertThat(apply(writer, create)).isInstanceOf(Outcome.Failed.class);

        assertThat(apply(writer, retire(create))).isInstanceOf(Outcome.Applied.class);
        assertThat(read(writer, name)).isInstanceOf(EntryState.Retired.class);

        // it did not work before either, so that is no reason to call the undoing incomplete
        assertThat(apply(writer, retire(create).inverse())).isInstanceOf(Outcome.Applied.class);
        assertThat(read(writer, name)).isInstanceOf(EntryState.Present.class);
    }

    @Test
    void secretsInPlainTextAreNotShownAndStayWhatTheyAre() throws Exception {
        var keys = Files.writeString(Workers.shared().secrets().resolve("api.properties"), "key=hunter2\n");
        var reference = "${file:" + keys + ":key}";
        var name = fresh("source");
        outsider.create(
                name,
                Map.of(
                        "connector.class",
                        Entries.SOURCE,
                        "topic",
                        topic(),
                        "file",
                        folder.resolve("lines").toString(),
                        "db.password",
                        "hunter2",
                        "db.url",
                        "jdbc:x://ann:hunter2@db/orders",
                        "api.key",
                        reference));
        var state = read(writer, name);
        assertThat(state.toString()).doesNotContain("hunter2");
        assertThat(field(state, "config.db.password")).isEqualTo(Value.of(ConnectorSecrets.HIDDEN));
        assertThat(field(state, "config.api.key")).isEqualTo(Value.of(reference));

        // retired with everything that is shown, as a plan does it, and taken back
        var before = new TreeMap<>(((EntryState.Present) state).content().fields());
        before.remove("offsets");
        var delete = new Operation.Delete(key(name), Content.of(before), dev.migrator.core.plan.Removal.RETIRE);
        assertThat(apply(writer, delete)).isInstanceOf(Outcome.Applied.class);
        assertThat(apply(writer, delete.inverse()).done()).isTrue();

        assertThat(outsider.config(name).get("db.password")).isEqualTo(Value.of("hunter2"));
        assertThat(outsider.config(name).get("db.url")).isEqualTo(Value.of("jdbc:x://ann:hunter2@db/orders"));
    }

    @Test
    void whatWasNeverReadIsNeverWritten() throws Exception {
        var create = source(fresh("source"), folder.resolve("lines"), topic());
        var fields = new TreeMap<>(create.after().fields());
        fields.put("config.db.password", Value.of(ConnectorSecrets.HIDDEN));

        var outcome = apply(writer, new Operation.Create(create.key(), Content.of(fields)));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.problem().code()).isEqualTo("CNR-HIDDEN"));
        assertThat(read(writer, create.key().address())).isEqualTo(EntryState.ABSENT);
    }

    @Test
    void aSecretIsWrittenAndNeverRead() throws Exception {
        var create = source(fresh("source"), folder.resolve("lines"), topic());
        var name = create.key().address();
        var fields = new TreeMap<>(create.after().fields());
        fields.put("secret.config.db.password", Value.of("hunter2"));
        var withSecret = new Operation.Create(create.key(), Content.of(fields));

        assertThat(apply(writer, withSecret)).isInstanceOf(Outcome.Applied.class);

        assertThat(outsider.config(name).get("db.password")).isEqualTo(Value.of("hunter2"));
        assertThat(read(writer, name).toString()).doesNotContain("hunter2");
        assertThat(apply(writer, withSecret)).isInstanceOf(Outcome.AlreadyApplied.class);
    }

    @Test
    void aDryRunNamesTheSettingThatIsWrongAndTellsNoSecret() throws Exception {
        var create = source(fresh("source"), folder.resolve("lines"), topic());
        var fields = new TreeMap<>(create.after().fields());
        fields.put("secret.config.batch.size", Value.of("hunter2"));

        var outcome = writer.dryRun(List.of(new Operation.Create(create.key(), Content.of(fields))))
                .getFirst();

        assertThat(outcome).isInstanceOfSatisfying(DryRunOutcome.Refused.class, refused -> {
            assertThat(refused.problem().code()).isEqualTo("DRY-CONFIG");
            assertThat(refused.problem().thing()).endsWith("batch.size");
            assertThat(refused.problem().found()).contains("Invalid value …").doesNotContain("hunter2");
        });
    }

    @Test
    void aClassThatNoWorkerHasIsRefused() throws Exception {
        var create =
                new Operation.Create(key(fresh("strange")), Entries.content("class", "com.example.NoSuchConnector"));

        assertThat(writer.dryRun(List.of(create)).getFirst())
                .isInstanceOfSatisfying(
                        DryRunOutcome.Refused.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo("DRY-CONNECTOR-CLASS"));
        assertThat(apply(writer, create)).isInstanceOf(Outcome.Failed.class);
    }

    /** Workers of Kafka 4 take such a name in a body and refuse it in a path: it can never be removed, so the cluster is its own. */
    @Test
    void aConnectorThatNoPathLeadsToIsReadAndNotWritten() throws Exception {
        try (var worker = Workers.start(Workers.spec("slashes"));
                var reading = Workers.writer(worker.url())) {
            var config = Value.object(
                    "connector.class", Value.of(Entries.SOURCE),
                    "topic", Value.of(topic()),
                    "file", Value.of("/nowhere"));
            var outside = new Outsider(worker.url());
            Outsider.until(() ->
                    outside.call("POST", "/connectors", Value.object("name", Value.of("a/b%2F"), "config", config))
                                    .status()
                            == 201);
            Outsider.until(() -> outside.get("/connectors/a%2Fb%252F").status() == 400);

            try (var listed = reading.list("connector")) {
                assertThat(listed).containsExactly(key("a/b%2F"));
            }
            var state = read(reading, "a/b%2F");
            assertThat(field(state, "config.file")).isEqualTo(Value.of("/nowhere"));
            var update = update("a/b%2F", "config.file", "/nowhere", "/elsewhere");
            assertThat(apply(reading, update))
                    .isInstanceOfSatisfying(
                            Outcome.Failed.class,
                            failed -> assertThat(failed.problem().code()).isEqualTo("CNR-NAME"));
            assertThat(reading.dryRun(List.of(update)).getFirst()).isInstanceOf(DryRunOutcome.Refused.class);
            assertThat(reading.impact(List.of(update))).hasSize(1);
        }
    }

    @Test
    void impactTellsTasksPositionsAndTopics() throws Exception {
        var topic = topic();
        var file = Files.writeString(folder.resolve("lines"), "1\n");
        var create = source(fresh("source"), file, topic);
        assertThat(apply(writer, create)).isInstanceOf(Outcome.Applied.class);
        Outsider.until(() -> !outsider.offsets(create.key().address()).isEmpty());

        var impact = writer.impact(List.of(retire(create))).get(create.key());

        assertThat(impact.first(Use.Running.class)).contains(new Use.Running("RUNNING", 1, 1));
        assertThat(impact.first(Use.Topics.class).orElseThrow().topics().first())
                .containsExactly(topic);
    }
}
