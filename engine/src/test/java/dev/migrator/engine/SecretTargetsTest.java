package dev.migrator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.core.plan.Removal;
import dev.migrator.target.DryRunOutcome;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetWriter;
import dev.migrator.target.WriteGuard;
import dev.migrator.target.testkit.InMemoryTarget;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Secrets reach the target, and nothing but the target. */
class SecretTargetsTest {
    private static final String PASSWORD = Content.SECRET + "password";
    private static final Map<String, String> VALUES = Map.of("first", "pa$$\\word", "folder/second", "other");

    private final InMemoryTarget memory = InMemoryTarget.ofAllKinds("kafka");
    private final TargetWriter writer =
            writer(new SecretTargets(_ -> memory, name -> Optional.ofNullable(VALUES.get(name))));

    @Test
    void referencesBecomeValuesAlsoInsideOfTextsAndObjects() throws TargetException {
        var create = create(
                "a",
                Map.of(
                        PASSWORD,
                        Value.of("${secret:first}"),
                        Content.SECRET + "login",
                        Value.of("user=me password=${secret:folder/second};"),
                        Content.SECRET + "many",
                        Value.object("x", Value.array(List.of(Value.of("${secret:first}")))),
                        "plain",
                        Value.of("${secret:first}")));

        assertThat(apply(create)).singleElement().isInstanceOf(Outcome.Applied.class);

        var held = held(create.key());
        assertThat(held.get(PASSWORD)).isEqualTo(Value.of("pa$$\\word"));
        assertThat(held.get(Content.SECRET + "login")).isEqualTo(Value.of("user=me password=other;"));
        assertThat(held.get(Content.SECRET + "many"))
                .isEqualTo(Value.object("x", Value.array(List.of(Value.of("pa$$\\word")))));
        // only in a field that is made for it
        assertThat(held.get("plain")).isEqualTo(Value.of("${secret:first}"));
    }

    @Test
    void whatIsMissingFailsAloneAndIsNamed() throws TargetException {
        var bad = create("bad", Map.of(PASSWORD, Value.of("${secret:third}")));
        var good = create("good", Map.of(PASSWORD, Value.of("${secret:first}")));
        var plain = create("plain", Map.of("f", Value.of(1)));

        var outcomes = apply(bad, good, plain);

        assertThat(outcomes).extracting(Outcome::key).containsExactly(bad.key(), good.key(), plain.key());
        assertThat(outcomes.getFirst()).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.problem().code()).isEqualTo("SEC-MISSING");
            assertThat(failed.problem().expected()).contains("third");
        });
        assertThat(outcomes.subList(1, 3)).allMatch(outcome -> outcome instanceof Outcome.Applied);
        assertThat(memory.readAll(Set.of(bad.key()))).containsValue(EntryState.ABSENT);
    }

    @Test
    void aSecretThatNobodyKnowsCannotBeSetAgain() throws TargetException {
        var create = create("a", Map.of(PASSWORD, Value.of("${secret:first}")));
        apply(create);
        var forgets = new Operation.Update(
                create.key(),
                Content.of(PASSWORD, Value.NULL),
                Content.of(PASSWORD, Value.of("${secret:folder/second}")));

        assertThat(dryRun(forgets)).isInstanceOf(DryRunOutcome.Accepted.class);
        assertThat(apply(forgets)).singleElement().isInstanceOf(Outcome.Applied.class);
        assertThat(apply(forgets.inverse()))
                .singleElement()
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.problem().code()).isEqualTo("SEC-UNKNOWN"));
        assertThat(held(create.key()).get(PASSWORD)).isEqualTo(Value.of("other"));
    }

    @Test
    void theDryRunAsksForTheSecretsOfTheUndoingToo() throws TargetException {
        var create = create("a", Map.of(PASSWORD, Value.of("${secret:first}")));
        apply(create);
        var gone =
                new Operation.Delete(create.key(), Content.of(PASSWORD, Value.of("${secret:third}")), Removal.RETIRE);
        var back = new Operation.Delete(create.key(), create.after(), Removal.RETIRE);

        assertThat(dryRun(gone))
                .isInstanceOfSatisfying(
                        DryRunOutcome.Refused.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo("SEC-MISSING"));
        assertThat(dryRun(back)).isInstanceOf(DryRunOutcome.Accepted.class);
        assertThat(dryRun(create("new", Map.of(PASSWORD, Value.of("${secret:third}")))))
                .isInstanceOf(DryRunOutcome.Refused.class);
    }

    private static TargetWriter writer(Targets targets) {
        try {
            return targets.writer("kafka");
        } catch (TargetException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<Outcome> apply(Operation... operations) throws TargetException {
        return writer.apply(List.of(operations), WriteGuard.ALWAYS);
    }

    private DryRunOutcome dryRun(Operation operation) throws TargetException {
        return writer.dryRun(List.of(operation)).getFirst();
    }

    /** What is really there: as any system, it shows no secret to a reader. */
    private Content held(EntryKey key) {
        return memory.truth(key).contentIfPresent().orElseThrow();
    }

    private static Operation.Create create(String address, Map<String, Value> fields) {
        return new Operation.Create(new EntryKey("kafka", "topic", address), Content.of(new TreeMap<>(fields)));
    }
}
