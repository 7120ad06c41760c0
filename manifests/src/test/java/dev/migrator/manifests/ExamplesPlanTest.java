package dev.migrator.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.environment.Environment;
import dev.migrator.core.kinds.Desired;
import dev.migrator.core.kinds.KindRules;
import dev.migrator.core.kinds.Kinds;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Phase;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlanInput;
import dev.migrator.core.plan.PlanLimits;
import dev.migrator.core.plan.PlanResult;
import dev.migrator.core.plan.PlannedOperation;
import dev.migrator.core.plan.Planner;
import dev.migrator.core.plan.SmokeCheck;
import dev.migrator.core.plan.UndoClass;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The two runs of the demo as plans: what they would do to production, and that they touch nothing else. */
class ExamplesPlanTest {
    private static final Path EXAMPLES = Path.of("..", "examples");
    private static final Environment PRODUCTION = EnvironmentsFile.load(EXAMPLES.resolve("environments.yaml"))
            .environments()
            .flatMap(all -> all.find("production"))
            .orElseThrow();

    private final Map<EntryKey, EntryState> production = new TreeMap<>();

    @Test
    void runOneBringsProductionToTheShopInTwoPhases() {
        hold("production-now");
        hold("unmanaged");

        var plan = plan("meta");

        assertThat(plan.phases()).extracting(Phase::name).containsExactly("canary", "rest");
        assertThat(operation(plan, "topic", "shop.notifications")).isInstanceOf(Operation.Create.class);
        assertThat(operation(plan, "topic", "shop.orders")).isInstanceOf(Operation.Update.class);
        assertThat(operation(plan, "artifact-version", "shop/Order@2")).isInstanceOf(Operation.Create.class);
        assertThat(operation(plan, "artifact", "shop/Payment")).isInstanceOf(Operation.Update.class);
        assertThat(plan.operations()).noneMatch(planned -> planned.operation() instanceof Operation.Delete);
        assertThat(plan.operations()
                        .filter(planned -> planned.undo() == UndoClass.DATA_LOSS)
                        .map(planned -> planned.operation().key().address()))
                .as("what has the plan rehearsed first")
                .containsExactly("shop.clickstream");
        assertThat(plan.written())
                .as("what nobody manages is not written")
                .doesNotContainAnyElementsOf(entries("unmanaged").keySet());
        assertThat(((Operation.Update) operation(plan, "topic", "shop.orders"))
                        .after()
                        .fields())
                .as("a field that the manifests do not manage is not written")
                .doesNotContainKey("config.segment.ms");
    }

    @Test
    void runTwoAppliesAChangeThatItsCheckRefuses() {
        hold("production-now");
        hold("unmanaged");
        apply(plan("meta"));
        assertThat(plan("meta").isEmpty()).as("run one is done").isTrue();

        var plan = plan("change-refunds");
        assertThat(plan.operations())
                .as("nothing of it is rehearsed")
                .noneMatch(planned -> planned.undo() == UndoClass.DATA_LOSS);

        assertThat(plan.phases()).extracting(Phase::name).containsExactly("canary", "rest");
        var change = (Operation.Update) operation(plan, "topic", "shop.payments");
        assertThat(change.after()).isEqualTo(Content.of("config.max.message.bytes", Value.of("1024")));
        assertThat(change.inverse()).isInstanceOf(Operation.Update.class);
        assertThat(plan.phases().getLast().checks())
                .extracting(SmokeCheck::name)
                .as("the check that fails runs after the phase that breaks it")
                .contains("payments-take-records");
        assertThat(plan.phases().getFirst().checks())
                .extracting(SmokeCheck::name)
                .contains("refunds-take-records");
        assertThat(plan.operations().map(PlannedOperation::operation))
                .as("a change that cannot be undone has no place in the demo")
                .noneMatch(Operation.Delete.class::isInstance)
                .hasSizeBetween(10, 30);
    }

    @Test
    void theShopCanBeMadeFromNothing() {
        assertThat(plan("meta").written()).hasSameSizeAs(entries("meta").keySet());
        assertThat(plan("change-refunds").written())
                .hasSameSizeAs(entries("change-refunds").keySet());
    }

    private void hold(String example) {
        entries(example).forEach((key, content) -> production.put(key, new EntryState.Present(content, "1")));
    }

    private void apply(Plan plan) {
        plan.operations().map(PlannedOperation::operation).forEach(operation -> {
            var fields = new TreeMap<>(production
                    .getOrDefault(operation.key(), EntryState.ABSENT)
                    .contentIfPresent()
                    .orElse(Content.EMPTY)
                    .fields());
            switch (operation) {
                case Operation.Create create -> fields.putAll(create.after().fields());
                case Operation.Update update -> fields.putAll(update.after().fields());
                case Operation.Delete delete -> throw new IllegalStateException("nothing is deleted: " + delete);
            }
            production.put(operation.key(), new EntryState.Present(Content.of(fields), "1"));
        });
    }

    private Plan plan(String example) {
        var loaded = Manifests.load(EXAMPLES.resolve("shop").resolve(example));
        var states = new TreeMap<EntryKey, EntryState>();
        Planner.keysToRead(PRODUCTION, loaded.resources())
                .keys()
                .forEach(key -> states.put(key, production.getOrDefault(key, EntryState.ABSENT)));
        var result = Planner.plan(new PlanInput(
                PRODUCTION,
                loaded.resources(),
                loaded.bundle().orElseThrow().digest(),
                states,
                Map.of(
                        "kafka", Set.of(KindRules.CAN_DELETE, KindRules.CAN_RETIRE),
                        "registry", Set.of(KindRules.CAN_RETIRE)),
                PlanLimits.STANDARD,
                Digest.ofText("policy")));
        assertThat(result).isInstanceOf(PlanResult.Planned.class);
        return ((PlanResult.Planned) result).plan();
    }

    private static Map<EntryKey, Content> entries(String example) {
        var loaded = Manifests.load(EXAMPLES.resolve("shop").resolve(example));
        var contents = new TreeMap<EntryKey, Content>();
        Desired.of(
                        Kinds.standard(),
                        loaded.resources(),
                        type -> Optional.of(type.equals("kafka") ? "kafka" : "registry"))
                .entries()
                .forEach((key, entry) -> contents.put(key, entry.content()));
        return contents;
    }

    private static Operation operation(Plan plan, String kind, String address) {
        return plan.operations()
                .map(PlannedOperation::operation)
                .filter(operation -> operation.key().kind().equals(kind)
                        && operation.key().address().equals(address))
                .findFirst()
                .orElseThrow();
    }
}
