package dev.migrator.target.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.kinds.AclTuple;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.CompareAndSet;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.core.plan.Removal;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetWriter;
import dev.migrator.target.WriteGuard;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.acl.AccessControlEntryFilter;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePatternFilter;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What somebody else does in the instant between looking and writing. The guard is asked in just that instant. */
class KafkaWriterTest {
    private static TargetWriter writer;
    private static Admin outsider;

    @BeforeAll
    static void open() throws TargetException {
        writer = Entries.writer();
        outsider = TestCluster.independentAdmin();
    }

    @AfterAll
    static void close() {
        writer.close();
        outsider.close();
    }

    private interface Act {
        void run() throws Exception;
    }

    /** Acts once, at the given question of the guard, counted from 1. */
    private static WriteGuard at(int question, Act act) {
        var asked = new AtomicInteger();
        return () -> {
            if (asked.incrementAndGet() == question) {
                try {
                    act.run();
                } catch (TargetException.Fenced e) {
                    throw e;
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
        };
    }

    private static String made(String name, Map<String, String> configs) throws Exception {
        var sent = outsider.createTopics(List.of(new NewTopic(name, 1, (short) 1).configs(configs)));
        Uuid id = sent.topicId(name).get();
        return id.toString();
    }

    private static EntryState settledState(Operation operation) throws TargetException {
        Entries.settle(writer);
        return Entries.read(writer, operation.key());
    }

    @Test
    void aTopicThatSomebodyElseMadeJustSoInThatInstantCountsAsApplied() throws Exception {
        var create = Entries.topic(Entries.fresh());
        Entries.settle(writer);
        var id = new AtomicReference<String>();

        var outcome = Entries.apply(
                writer, create, at(1, () -> id.set(made(create.key().address(), Map.of("retention.ms", "3600000")))));

        assertThat(outcome).isEqualTo(new Outcome.AlreadyApplied(create.key(), id.get()));
    }

    @Test
    void aTopicThatSomebodyElseMadeOtherwiseInThatInstantIsAConflict() throws Exception {
        var create = Entries.topic(Entries.fresh());
        Entries.settle(writer);

        var outcome = Entries.apply(
                writer, create, at(1, () -> made(create.key().address(), Map.of("retention.ms", "1000"))));

        assertThat(outcome).isInstanceOf(Outcome.Conflict.class);
        assertThat(((EntryState.Present) ((Outcome.Conflict) outcome).found())
                        .content()
                        .get("config.retention.ms"))
                .isEqualTo(Value.of("1000"));
    }

    @Test
    void aTopicThatIsGoneInThatInstantIsAConflictForItsUpdate() throws Exception {
        var create = Entries.topic(Entries.fresh());
        assertThat(Entries.apply(writer, create).done()).isTrue();
        Entries.settle(writer);

        var outcome = Entries.apply(
                writer,
                Entries.retention(create.key().address(), "3600000", "7200000"),
                at(
                        1,
                        () -> outsider.deleteTopics(List.of(create.key().address()))
                                .all()
                                .get()));

        assertThat(outcome).isEqualTo(new Outcome.Conflict(create.key(), EntryState.ABSENT));
    }

    @Test
    void aTopicMadeAnewWhileTheOldOneIsRemovedStays() throws Exception {
        var create = Entries.topic(Entries.fresh());
        String name = create.key().address();
        assertThat(Entries.apply(writer, create).done()).isTrue();
        Entries.settle(writer);
        var anew = new AtomicReference<String>();

        // 1 deny, 2 and 3 settle, 4 delete
        var outcome = Entries.apply(writer, create.inverse(), at(4, () -> {
            outsider.deleteTopics(List.of(name)).all().get();
            anew.set(made(name, Map.of()));
        }));

        assertThat(outcome.done()).isTrue();
        var found = settledState(create);
        assertThat(found).isInstanceOf(EntryState.Present.class);
        assertThat(((EntryState.Present) found).incarnation()).isEqualTo(anew.get());
    }

    @Test
    void nobodyCanWriteToATopicAnyMoreWhenItIsLookedInto() throws Exception {
        var create = Entries.topic(Entries.fresh());
        String name = create.key().address();
        assertThat(writer.apply(
                        List.of(create, Entries.rule(TestCluster.LIMITED, "WRITE", "LITERAL", name)),
                        Map.of(),
                        WriteGuard.ALWAYS))
                .allMatch(Outcome::done);
        Entries.settle(writer);
        var settings = new HashMap<String, Object>(TestCluster.user(TestCluster.LIMITED));
        settings.put("enable.idempotence", "false");
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            var refusal = new AtomicReference<Throwable>();

            var outcome = Entries.apply(writer, create.inverse(), at(4, () -> {
                try {
                    var _ = producer.send(new ProducerRecord<>(name, "late")).get();
                } catch (ExecutionException e) {
                    refusal.set(e.getCause());
                }
            }));

            assertThat(refusal.get()).isInstanceOf(TopicAuthorizationException.class);
            assertThat(outcome).isEqualTo(new Outcome.Applied(create.key(), ""));
        }
    }

    @Test
    void aRemovalThatWasCutOffIsFinishedWhenItIsRepeated() throws Exception {
        var create = Entries.topic(Entries.fresh());
        var made = writer.apply(List.of(create), Map.of(), WriteGuard.ALWAYS);
        Entries.settle(writer);
        assertThatThrownBy(() -> Entries.apply(writer, create.inverse(), at(4, () -> {
                    throw new TargetException.Fenced(Problem.of("WRK-FENCED", "the lease is lost"));
                })))
                .isInstanceOf(TargetException.Fenced.class);
        // who repeats it may know nothing of it: judged by what is there, it has to be written again
        var found = settledState(create);
        assertThat(found).isInstanceOf(EntryState.Present.class);
        assertThat(CompareAndSet.judge(create.inverse(), found)).isInstanceOf(CompareAndSet.Judgement.Write.class);

        var again = writer.apply(List.of(create.inverse()), Map.of(), WriteGuard.ALWAYS);

        assertThat(again).containsExactly(new Outcome.Applied(create.key(), ""));
        assertThat(settledState(create)).isEqualTo(EntryState.ABSENT);
        assertThat(marksOf(create.key().address())).isEmpty();
    }

    @Test
    void aRemovalThatWasCutOffAndFindsDataWhenItIsRepeatedKeepsTheTopicOutOfUse() throws Exception {
        var create = Entries.topic(Entries.fresh());
        assertThat(Entries.apply(writer, create).done()).isTrue();
        Entries.settle(writer);
        write(create.key().address());
        assertThatThrownBy(() -> Entries.apply(writer, create.inverse(), at(4, () -> {
                    throw new TargetException.Fenced(Problem.of("WRK-FENCED", "the lease is lost"));
                })))
                .isInstanceOf(TargetException.Fenced.class);

        Entries.settle(writer);
        assertThat(Entries.apply(writer, create.inverse())).isInstanceOf(Outcome.Retained.class);

        assertThat(settledState(create)).isInstanceOf(EntryState.Retired.class);
        assertThat(marksOf(create.key().address())).containsExactlyInAnyOrder("READ", "WRITE");
    }

    private static void write(String topic) throws Exception {
        var settings = new HashMap<String, Object>(TestCluster.admin());
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            var _ = producer.send(new ProducerRecord<>(topic, "here before")).get();
        }
    }

    /** Operations that somebody is denied on that topic. */
    private List<String> marksOf(String topic) throws Exception {
        return outsider.describeAcls(AclBindingFilter.ANY).values().get().stream()
                .filter(acl -> acl.pattern().name().equals(topic))
                .map(acl -> acl.entry().operation().name())
                .toList();
    }

    @Test
    void theMarksThatAPurgeLeftGoWhenItIsRepeated() throws Exception {
        var create = Entries.topic(Entries.fresh());
        assertThat(Entries.apply(writer, create).done()).isTrue();
        assertThat(Entries.apply(writer, new Operation.Delete(create.key(), create.after(), Removal.RETIRE))
                        .done())
                .isTrue();
        var retired = (EntryState.Retired) settledState(create);
        var purge = List.<Operation>of(new Operation.Delete(create.key(), create.after(), Removal.PURGE));
        var life = Map.of(create.key(), retired.incarnation());
        // the topic goes with the first call, and the lease is lost before the marks do
        assertThatThrownBy(() -> writer.apply(purge, life, at(2, () -> {
                    throw new TargetException.Fenced(Problem.of("WRK-FENCED", "the lease is lost"));
                })))
                .isInstanceOf(TargetException.Fenced.class);
        assertThat(settledState(create)).isEqualTo(EntryState.ABSENT);
        assertThat(marksOf(create)).isNotEmpty();

        assertThat(writer.apply(purge, life, WriteGuard.ALWAYS)).containsExactly(new Outcome.Applied(create.key(), ""));
        Entries.settle(writer);

        assertThat(marksOf(create)).isEmpty();
        assertThat(writer.apply(purge, life, WriteGuard.ALWAYS))
                .containsExactly(new Outcome.AlreadyApplied(create.key(), ""));
    }

    private static Collection<AclBinding> marksOf(Operation.Create topic) throws Exception {
        var pattern = new ResourcePatternFilter(ResourceType.TOPIC, topic.key().address(), PatternType.LITERAL);
        return outsider.describeAcls(new AclBindingFilter(pattern, AccessControlEntryFilter.ANY))
                .values()
                .get();
    }

    @Test
    void aTopicOfAnotherShapeIsNotTakenIntoUseAgain() throws Exception {
        var create = Entries.topic(Entries.fresh());
        assertThat(Entries.apply(writer, create).done()).isTrue();
        assertThat(Entries.apply(writer, new Operation.Delete(create.key(), create.after(), Removal.RETIRE))
                        .done())
                .isTrue();
        var wider = new Operation.Create(create.key(), Content.of("partitions", Value.of(2)));

        var outcome = Entries.apply(writer, wider);

        assertThat(outcome).isInstanceOf(Outcome.Conflict.class);
        assertThat(settledState(create)).isInstanceOf(EntryState.Retired.class);
    }

    @Test
    void takingATopicIntoUseAgainSetsAndUnsetsItsConfigs() throws Exception {
        var create = Entries.topic(Entries.fresh());
        assertThat(Entries.apply(writer, create).done()).isTrue();
        assertThat(Entries.apply(writer, new Operation.Delete(create.key(), create.after(), Removal.RETIRE))
                        .done())
                .isTrue();
        var other = new Operation.Create(
                create.key(),
                Content.of(Map.of(
                        "partitions", Value.of(1),
                        "config.retention.ms", Value.NULL,
                        "config.cleanup.policy", Value.of("compact"))));

        assertThat(Entries.apply(writer, other)).isInstanceOf(Outcome.Applied.class);

        var content = ((EntryState.Present) settledState(create)).content();
        assertThat(content.fields()).doesNotContainKey("config.retention.ms");
        assertThat(content.get("config.cleanup.policy")).isEqualTo(Value.of("compact"));
    }

    @Test
    void marksOfATopicThatIsLongGoneDoNotTakeANewOneOutOfUse() throws Exception {
        var create = Entries.topic(Entries.fresh());
        var marks = AclTuple.retirementOf(create.key().address());
        outsider.createAcls(marks.stream().map(Acls::binding).toList()).all().get();
        Entries.settle(writer);

        assertThat(Entries.apply(writer, create)).isInstanceOf(Outcome.Applied.class);

        assertThat(settledState(create)).isInstanceOf(EntryState.Present.class);
    }

    @Test
    void unmanagedConfigsAreSeenAndInheritedOnesAreNot() throws Exception {
        var create = Entries.topic(Entries.fresh());
        made(create.key().address(), Map.of("segment.bytes", "1048576"));

        var found = (EntryState.Present) settledState(create);

        assertThat(found.content().fields())
                .containsOnlyKeys("partitions", "replicationFactor", "config.segment.bytes");
    }

    @Test
    void internalTopicsAndMarkersAreNotListed() throws Exception {
        String internal = "__" + Entries.fresh();
        made(internal, Map.of());
        Entries.settle(writer);

        try (var topics = writer.list(Kinds.TOPIC);
                var acls = writer.list(Kinds.ACL)) {
            assertThat(topics).isNotEmpty().noneMatch(key -> key.address().startsWith("__"));
            assertThat(acls).noneMatch(key -> key.address().contains(SettleMarker.PREFIX));
        }
    }
}
