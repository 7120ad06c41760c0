package dev.migrator.executor.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.fleet.FleetFact;
import dev.migrator.core.fleet.FleetId;
import dev.migrator.core.fleet.FleetRequest;
import dev.migrator.core.lifecycle.Effect;
import dev.migrator.executor.stream.LifecycleTopology;
import dev.migrator.kit.avro.FleetMessages;
import dev.migrator.kit.avro.Messages;
import dev.migrator.kit.objects.ObjectStoreUnavailable;
import dev.migrator.kit.testkit.Desk;
import dev.migrator.kit.testkit.MemoryObjects;
import dev.migrator.kit.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetIntakeTest {
    private static final FleetId ID = new FleetId("f-1");
    private static final byte[] BUNDLE = "a bundle".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private final MemoryObjects objects = new MemoryObjects();
    private Desk desk;
    private FleetIntake intake;

    @BeforeEach
    void open() {
        desk = new Desk(folder);
        intake = new FleetIntake(desk.publisher(), objects);
    }

    @Test
    void aBundleThatTravelsInlineIsPutIntoTheBucketOnceAndTheRequestGoesOnUnderItsRun() {
        handle(FleetMessages.of(request(Digest.of(BUNDLE))));
        handle(FleetMessages.of(request(Digest.of(BUNDLE))));

        assertThat(desk.keys(LifecycleTopology.FLEET_FACTS)).containsExactly("f-1", "f-1");
        assertThat(desk.published(LifecycleTopology.FLEET_FACTS)).allSatisfy(record -> {
            var request = ((FleetFact.Requested) FleetMessages.fact(record).orElseThrow()).request();
            assertThat(request.inlineBundle()).isEmpty();
            assertThat(objects.get(request.bundleUri().orElseThrow(), Digest.of(BUNDLE)))
                    .isEqualTo(BUNDLE);
        });
    }

    @Test
    void aRequestWhoseBundleIsInTheBucketGoesOnAsItIs() {
        var request = request(Digest.of(BUNDLE)).inBucket("4be21d0/f-1/mine.json");

        handle(FleetMessages.of(request));

        assertThat(desk.published(LifecycleTopology.FLEET_FACTS)).containsExactly(FleetMessages.of(request));
    }

    @Test
    void anOrderToStopGoesOnUnderItsRun() {
        var stop = FleetMessages.of(new FleetFact.StopOrdered(ID, "olga", "enough"));

        handle(stop);

        assertThat(desk.keys(LifecycleTopology.FLEET_FACTS)).containsExactly("f-1");
        assertThat(desk.published(LifecycleTopology.FLEET_FACTS)).containsExactly(stop);
    }

    @Test
    void aBundleThatIsNotTheOneItSaysIsRefused() {
        assertRefused("FLT-DIGEST", FleetMessages.of(request(Digest.ofText("another"))));
    }

    @Test
    void aRecordThatTellsARunNothingIsRefused() {
        assertRefused("FLT-TYPE", Messages.of(new Effect.Command(Commands.check(1, 1)), "lifecycle", Desk.NOW));
    }

    @Test
    void aBucketThatDoesNotAnswerIsWaitedForAndNothingGoesOn() {
        objects.goAway();

        assertThatThrownBy(() -> handle(FleetMessages.of(request(Digest.of(BUNDLE)))))
                .isInstanceOf(ObjectStoreUnavailable.class);
        assertThat(desk.publications()).isEmpty();
    }

    private void assertRefused(String code, SpecificRecord record) {
        assertThatThrownBy(() -> handle(record))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(code));
        assertThat(desk.publications()).isEmpty();
    }

    private void handle(SpecificRecord record) {
        intake.handle(desk.task(Topics.FLEETS, 3, 0, "any key at all", record));
    }

    private static FleetRequest request(Digest digest) {
        return new FleetRequest(
                ID, "all", digest, Optional.empty(), Optional.of(BUNDLE), "4be21d0", "alice", Optional.empty());
    }
}
