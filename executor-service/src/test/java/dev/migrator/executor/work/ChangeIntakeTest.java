package dev.migrator.executor.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.lifecycle.ChangeRequest;
import dev.migrator.core.lifecycle.Effect;
import dev.migrator.core.lifecycle.Fact;
import dev.migrator.executor.stream.LifecycleTopology;
import dev.migrator.kit.avro.Messages;
import dev.migrator.kit.testkit.Desk;
import dev.migrator.kit.topics.Topics;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeIntakeTest {
    @TempDir
    Path folder;

    private Desk desk;
    private ChangeIntake intake;

    @BeforeEach
    void open() {
        desk = new Desk(folder);
        intake = new ChangeIntake(desk.publisher());
    }

    @Test
    void aChangeUnderAnyKeyGoesOnUnderItsEnvironment() {
        var change = changeFor("test");

        intake.handle(desk.task(Topics.CHANGES, 3, 0, "any key at all", change));

        assertThat(desk.keys(LifecycleTopology.CHANGES_BY_ENVIRONMENT)).containsExactly("test");
        assertThat(desk.published(LifecycleTopology.CHANGES_BY_ENVIRONMENT)).containsExactly(change);
    }

    @ParameterizedTest
    @ValueSource(strings = {"te/st", "..", "-test", "te st", "prod\u00fc"})
    void anEnvironmentThatCannotBeOneIsRefused(String environment) {
        assertRefused("CHG-ENVIRONMENT", changeFor(environment));
    }

    @Test
    void aRecordThatIsNoChangeIsRefused() {
        var check = Messages.of(new Effect.Command(Commands.check(1, 1)), "lifecycle", Desk.NOW);

        assertRefused("CHG-TYPE", check);
    }

    private void assertRefused(String code, SpecificRecord record) {
        var task = desk.task(Topics.CHANGES, 0, 0, "", record);

        assertThatThrownBy(() -> intake.handle(task))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(code));
        assertThat(desk.publications()).isEmpty();
    }

    private static SpecificRecord changeFor(String environment) {
        return Messages.of(new Fact.Requested(new ChangeRequest(
                Commands.ID,
                environment,
                ChangeRequest.Intent.APPLY,
                Digest.ofText("bundle"),
                Optional.of("4be21d0/m-1/bundle.json"),
                Optional.empty(),
                "4be21d0",
                "alice")));
    }
}
