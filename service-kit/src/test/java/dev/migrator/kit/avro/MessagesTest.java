package dev.migrator.kit.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.error.ProblemException;
import dev.migrator.core.lifecycle.Effect;
import dev.migrator.core.lifecycle.Fact;
import dev.migrator.events.v1.BatchAnswered;
import dev.migrator.events.v1.ChangeRequested;
import dev.migrator.events.v1.CommandKind;
import dev.migrator.events.v1.Intent;
import dev.migrator.events.v1.MigrationCommand;
import dev.migrator.kit.topics.Topics;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MessagesTest {
    private static final Instant NOW = Instant.ofEpochMilli(1_800_000_000_123L);

    static LongStream seeds() {
        return LongStream.range(0, 100);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyFactComesBackAsItWas(long seed) throws Exception {
        for (Fact.OfMigration fact : new Samples(seed).facts()) {
            assertSame(Messages.fact(throughBytes(Messages.of(fact))).orElseThrow(), fact);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyEffectComesBackAsItWas(long seed) throws Exception {
        for (Effect effect : new Samples(seed).effects()) {
            var event = throughBytes(Messages.of(effect, "lifecycle", NOW));
            assertSame(Messages.effect(event).orElseThrow(), effect);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyCommandAnswerAndStatusComesBackAsItWas(long seed) throws Exception {
        var samples = new Samples(seed);
        for (var command : samples.commands()) {
            assertThat(Messages.command(throughBytes(Messages.of(command)))).contains(command);
        }
        var answer = samples.answer();
        assertThat(Messages.answer((BatchAnswered) throughBytes(Messages.of(answer))))
                .isEqualTo(answer);
        var status = samples.status();
        assertThat(Messages.status(Messages.of(status))).isEqualTo(status);
    }

    @Test
    void theSamplesHoldEveryKindOfFactAndEffect() {
        assertThat(kinds(new Samples(1).facts())).isEqualTo(leaves(Fact.OfMigration.class));
        assertThat(kinds(new Samples(1).effects())).isEqualTo(leaves(Effect.class));
    }

    @Test
    void aRecordThatIsNoFactGivesNone() {
        var status = Messages.of(new Samples(1).status());
        assertThat(Messages.fact(status)).isEmpty();
    }

    @Test
    void effectsGoToTheTopicThatTheirReadersRead() {
        for (Effect effect : new Samples(3).effects()) {
            var out = Messages.outgoing(effect, "lifecycle", NOW);
            String topic = switch (effect) {
                case Effect.PlanRequested _,
                        Effect.DryRunRequested _,
                        Effect.SnapshotRequested _,
                        Effect.RehearsalRequested _,
                        Effect.DrillRequested _,
                        Effect.MonitoringRequested _,
                        Effect.VerifyPhase _ -> Topics.TASKS;
                case Effect.DrillReported _ -> Topics.DRILLS;
                case Effect.Command _ -> Topics.BATCHES;
                case Effect.StatusChanged _ -> Topics.STATUS;
                case Effect.Audited _ -> Topics.AUDIT;
            };
            assertThat(out.topic()).isEqualTo(topic);
        }
    }

    @Test
    void theSameAuditEntryPublishedTwiceHasTheSameId() {
        var effect = new Samples(7).effects().getLast();
        assertThat(Messages.of(effect, "lifecycle", NOW)).isEqualTo(Messages.of(effect, "lifecycle", NOW));
        assertThat(Messages.of(effect, "lifecycle", NOW)).isNotEqualTo(Messages.of(effect, "executor", NOW));
    }

    @Test
    void changesThatMakeNoSenseAreAnsweredWithTheirCode() {
        assertRefused("CHG-ID", change -> change.setMigrationId("no spaces"));
        assertRefused("CHG-ENVIRONMENT", change -> change.setEnvironment(" "));
        assertRefused("EVT-DIGEST", change -> change.setBundleDigest("abc"));
        assertRefused("CHG-COMMIT", change -> change.setCommit("../up"));
        assertRefused("CHG-REQUESTER", change -> change.setRequester(""));
        assertRefused("EVT-SYMBOL", change -> change.setIntent(Intent.UNKNOWN));
        assertRefused("CHG-BUNDLE", change -> change.setBundle(null));
        assertRefused("CHG-BUNDLE", change -> change.setBundleUri("c/m/bundle.json"));
        assertRefused("CHG-BUNDLE-URI", change -> change.setBundle(null).setBundleUri("no key"));
        assertRefused("CHG-BUNDLE-SIZE", change -> change.setBundle(ByteBuffer.allocate((256 << 10) + 1)));
    }

    @Test
    void aCommandOfALaterVersionIsRefusedAndNotGuessed() {
        var command = new MigrationCommand("m-1", "r-1", CommandKind.UNKNOWN, "ann", "");
        assertThatThrownBy(() -> Messages.fact(command))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo("EVT-SYMBOL"));
    }

    private static void assertRefused(String code, Consumer<ChangeRequested.Builder> wrong) {
        var change = ChangeRequested.newBuilder()
                .setMigrationId("m-1")
                .setEnvironment("test")
                .setBundleDigest("0".repeat(64))
                .setCommit("c1")
                .setRequester("ann")
                .setBundle(ByteBuffer.wrap(new byte[] {1}));
        assertThat(Messages.fact(change.build())).isPresent();
        wrong.accept(change);
        assertThatThrownBy(() -> Messages.fact(change.build()))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(code));
    }

    /** Compared deeply: records with arrays in them are not equal to their copies. */
    private static void assertSame(Object found, Object expected) {
        assertThat(found).usingRecursiveComparison().isEqualTo(expected);
    }

    private static SpecificRecord throughBytes(SpecificRecord record) throws Exception {
        var out = new java.io.ByteArrayOutputStream();
        var encoder = EncoderFactory.get().binaryEncoder(out, null);
        new SpecificDatumWriter<>(record.getSchema()).write(record, encoder);
        encoder.flush();
        var reader = new SpecificDatumReader<SpecificRecord>(record.getSchema());
        return reader.read(null, DecoderFactory.get().binaryDecoder(out.toByteArray(), null));
    }

    private static Set<Class<?>> kinds(Iterable<?> values) {
        Set<Class<?>> kinds = new HashSet<>();
        values.forEach(value -> kinds.add(value.getClass()));
        return kinds;
    }

    private static Set<Class<?>> leaves(Class<?> type) {
        Set<Class<?>> leaves = new HashSet<>();
        Arrays.stream(type.getPermittedSubclasses())
                .forEach(sub -> leaves.addAll(sub.isSealed() ? leaves(sub) : Set.of(sub)));
        return leaves;
    }
}
