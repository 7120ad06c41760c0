package dev.migrator.verifier.work;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.environment.SignalsDigest;
import dev.migrator.core.error.Problem;
import dev.migrator.core.lifecycle.Effect;
import dev.migrator.core.lifecycle.Fact;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.lifecycle.MonitoringReport;
import dev.migrator.kit.Unavailable;
import dev.migrator.kit.testkit.Desk;
import dev.migrator.kit.testkit.MemoryObjects;
import dev.migrator.kit.topics.Topics;
import dev.migrator.kit.worker.Task;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MonitoringWorkTest {
    private static final MigrationId ID = new MigrationId("m-1");
    private static final Digest PLAN = Digest.ofText("plan");

    @TempDir
    Path folder;

    private final Watching watching = new Watching().declaring("0").passing(100);
    private final MemoryObjects objects = new MemoryObjects();
    private Desk desk;
    private MonitoringWork work;

    @BeforeEach
    void open() {
        desk = new Desk(folder);
        work = new MonitoringWork(watching.signals(), objects, desk.publisher());
    }

    @Test
    void whatWasHeardLatelyIsAnsweredWithEvidence() {
        watching.measured(60, 9).measured(71, 0).measured(90, 0);

        work.handle(asked("test"));

        var answer = desk.fact(Topics.VERDICTS, Fact.MonitoringAnswered.class);
        assertThat(answer.revision()).isEqualTo(2);
        assertThat(answer.asking()).isEqualTo(3);
        assertThat(answer.planDigest()).isEqualTo(PLAN);
        assertThat(answer.report().heard())
                .containsExactly("checkout-service errors, last sample 2026-01-02T03:05:35Z");
        assertThat(answer.report().problems()).isEmpty();
        var evidence = objects.bytes(answer.report().uri());
        assertThat(answer.report().digest()).contains(Digest.of(evidence));
        assertThat(new String(evidence, UTF_8)).contains("\"asking\":3", "\"samples\":2", "\"state\":\"HEARD\"");
        assertThat(desk.keys(Topics.VERDICTS)).containsExactly("test");
    }

    @Test
    void aSilentSourceIsANoThatNamesIt() {
        watching.measured(69, 0);

        work.handle(asked("test"));

        assertThat(report().problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("SIG-SILENT");
            assertThat(problem.thing()).isEqualTo("checkout-service errors");
        });
        assertThat(report().heard()).isEmpty();
        assertThat(objects.keys()).isEmpty();
    }

    @Test
    void aSourceThatIsNotWellIsANo() {
        watching.measured(80, 1).measured(90, 0);

        work.handle(asked("test"));

        assertThat(report().problems()).extracting(Problem::code).containsExactly("SIG-OUTSIDE");
    }

    @Test
    void anEnvironmentThatThisFileDeclaresNothingForIsANo() {
        work.handle(asked("production"));

        assertThat(report().problems()).extracting(Problem::code).containsExactly("SIG-UNDECLARED");
    }

    @Test
    void aFileThatDeclaresLessThanTheExecutorsIsANo() {
        watching.measured(90, 0);
        var here = SignalsDigest.of(watching.declared());
        work.handle(asked("test", here));
        assertThat(report().problems()).isEmpty();

        var there = SignalsDigest.of(
                new Watching().declaring("0").declaringSilent("cart", "1m").declared());
        work.handle(asked("test", there));

        var answer = (Fact.MonitoringAnswered) desk.facts(Topics.VERDICTS).getLast();
        assertThat(answer.report().isConnected()).isFalse();
        assertThat(answer.report().problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("SIG-UNDECLARED");
            assertThat(problem.found()).isEqualTo("others in the verifier's");
        });
    }

    @Test
    void aFileThatDeclaresNothingWhereTheExecutorsDoesIsANo() {
        work.handle(asked("production", SignalsDigest.of(watching.declared())));

        assertThat(report().problems()).extracting(Problem::code).containsExactly("SIG-UNDECLARED");
    }

    @Test
    void withoutTheTopicOrAPlaceForEvidenceThereIsNoAnswer() {
        watching.measured(90, 0);
        objects.goAway();
        assertThatThrownBy(() -> work.handle(asked("test"))).isInstanceOf(Unavailable.class);
        objects.comeBack();
        watching.away();
        assertThatThrownBy(() -> work.handle(asked("test"))).isInstanceOf(Unavailable.class);

        assertThat(desk.publications()).isEmpty();
    }

    private MonitoringReport report() {
        return desk.fact(Topics.VERDICTS, Fact.MonitoringAnswered.class).report();
    }

    private Task asked(String environment) {
        return asked(environment, Optional.empty());
    }

    private Task asked(String environment, Optional<Digest> signals) {
        return desk.task(new Effect.MonitoringRequested(ID, 2, 3, environment, "4be21d0", PLAN, signals));
    }
}
