package dev.migrator.planner.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.environment.Environments;
import dev.migrator.core.impact.Impact;
import dev.migrator.core.impact.Surroundings;
import dev.migrator.core.impact.Unknown;
import dev.migrator.core.impact.Use;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Batch;
import dev.migrator.core.plan.KeysToRead;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Phase;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlanCodec;
import dev.migrator.core.plan.PlannedOperation;
import dev.migrator.core.plan.Removal;
import dev.migrator.core.plan.Risk;
import dev.migrator.core.plan.UndoClass;
import dev.migrator.kit.testkit.MemoryProvider;
import dev.migrator.kit.testkit.Plans;
import dev.migrator.target.Survey;
import dev.migrator.target.TargetException;
import dev.migrator.target.testkit.InMemoryTarget;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SurveyTest {
    private static final Instant NOW = Instant.parse("2026-11-03T14:02:11Z");

    private final InMemoryTarget target = InMemoryTarget.ofAllKinds(Plans.TARGET);
    private final MemoryProvider provider = new MemoryProvider("kafka", target);
    private final Environments environments = MemoryProvider.environments(Plans.TARGET, "kafka");

    @Test
    void usersOfWhatIsChangedAreAskedForAndWhatIsNotSpokenOfIsCounted() {
        target.outsiderSets(Plans.topic("orders"), Plans.retention("5"));
        target.outsiderSets(Plans.topic("others"), Plans.retention("5"));
        target.putData(Plans.topic("orders"));
        var plan = plan(List.of(removal("orders")));

        var around = around(plan);

        assertThat(around.plan()).isEqualTo(PlanCodec.digest(plan));
        assertThat(around.readAt()).isEqualTo(NOW);
        assertThat(around.unchanged()).contains(3);
        assertThat(around.notManagedCount()).contains(1L);
        assertThat(around.impact().get(Plans.topic("orders")).uses()).contains(new Use.Records(1, false));
    }

    @Test
    void aTargetThatDoesNotAnswerIsToldAsSuchAndNothingFails() {
        var plan = plan(List.of(removal("orders")));
        provider.away();

        var around = around(plan);

        assertThat(around.notManaged()).isEmpty();
        assertThat(around.impact().get(Plans.topic("orders")).unknown())
                .containsExactly(new Unknown("who uses it", "TST-AWAY, the target does not answer"));
    }

    @Test
    void ofTooManyOperationsRemovalsAreAskedForFirst() {
        var operations = new ArrayList<Operation>();
        for (int i = 0; i < Survey.MOST_ASKED; i++) {
            operations.add(new Operation.Create(Plans.topic("a-" + i), Content.EMPTY));
        }
        operations.add(removal("z"));

        var around = around(plan(operations));

        assertThat(around.impact()).containsKey(Plans.topic("z"));
        assertThat(around.notAsked()).isEqualTo(1);
    }

    @Test
    void aTargetThatHangsIsNotWaitedForAndWhatOthersSaidIsKept() throws Exception {
        var interrupted = new CountDownLatch(1);
        var operations = List.of(
                removal("orders"),
                new Operation.Delete(new EntryKey("hanging", "topic", "orders"), Content.EMPTY, Removal.RETIRE));
        target.outsiderSets(Plans.topic("orders"), Plans.retention("5"));
        target.putData(Plans.topic("orders"));
        var readers = new Answering() {
            @Override
            public <R> R read(String name, Survey.Question<R> question) throws TargetException {
                if (name.equals("hanging")) {
                    try {
                        Thread.sleep(Duration.ofMinutes(5));
                    } catch (InterruptedException e) {
                        interrupted.countDown();
                        throw new IllegalStateException(e);
                    }
                }
                return super.read(name, question);
            }
        };

        var around = around(new Survey(readers, Duration.ofMillis(500)), plan(operations));

        assertThat(around.impact().get(new EntryKey("hanging", "topic", "orders")))
                .isEqualTo(Impact.unknown("who uses it", "no answer within 500 ms"));
        assertThat(around.impact().get(Plans.topic("orders")).uses()).contains(new Use.Records(1, false));
        assertThat(around.notManaged()).containsOnlyKeys(Plans.TARGET);
        assertThat(interrupted.await(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aFaultOfATargetsOwnPartIsToldAndFailsNoPlan() {
        var readers = new Answering() {
            @Override
            public <R> R read(String name, Survey.Question<R> question) {
                throw new ClassCastException("not a number");
            }
        };

        var around = around(new Survey(readers), plan(List.of(removal("orders"))));

        assertThat(around.impact().get(Plans.topic("orders")))
                .isEqualTo(Impact.unknown("who uses it", "ClassCastException"));
    }

    private class Answering implements Survey.Readers {
        @Override
        public List<String> kinds(String name) {
            return List.of("topic");
        }

        @Override
        public <R> R read(String name, Survey.Question<R> question) throws TargetException {
            return question.ask(target);
        }
    }

    private Surroundings around(Plan plan) {
        return around(
                new Survey(new PooledReaders(
                        provider.pool(environments), environments.find("test").orElseThrow())),
                plan);
    }

    private static Surroundings around(Survey survey, Plan plan) {
        var keys = new KeysToRead(new TreeSet<EntryKey>(plan.written()), List.of(), Map.of());
        return survey.around(plan, 3, keys, NOW, NOW.plusMillis(40));
    }

    private static Operation removal(String topic) {
        return new Operation.Delete(Plans.topic(topic), Plans.retention("5"), Removal.RETIRE);
    }

    private static Plan plan(List<Operation> operations) {
        var planned = operations.stream()
                .map(operation ->
                        new PlannedOperation("u", "Topic/x", operation, "", Risk.MUTATING, UndoClass.EXACT, List.of()))
                .toList();
        var digest = Digest.ofText("x");
        return new Plan(
                "test",
                digest,
                digest,
                digest,
                List.of(new Phase(0, "all", List.of(new Batch(0, Plans.TARGET, planned)), List.of())),
                List.of(),
                List.of());
    }
}
