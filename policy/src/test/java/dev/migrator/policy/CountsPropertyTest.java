package dev.migrator.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.plan.PlannedOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Percentages as policies see them, against counting by hand. */
class CountsPropertyTest {
    private static final Policies PERCENT = Samples.policies("""
            policies:
              - name: percent
                over: plan
                deny: plan.kinds.exists(k, plan.kinds[k].deletes * 100 > plan.kinds[k].managed * 20)
                message: at most 20 %
            """);

    @Property(tries = 300)
    void aShareIsPastItsBoundExactlyWhenItIs(
            @ForAll @IntRange(max = 60) int deletes, @ForAll @IntRange(max = 300) int managed, @ForAll long seed) {
        var operations = new ArrayList<PlannedOperation>();
        for (int i = 0; i < deletes; i++) {
            operations.add(Samples.delete("d-" + i));
        }
        for (int i = 0; i < 5; i++) {
            operations.add(Samples.create("c-" + i));
        }
        java.util.Collections.shuffle(operations, new Random(seed));
        var plan = Samples.plan(Samples.TEST, operations.toArray(PlannedOperation[]::new));
        var subject = Subject.of(Samples.ALL, Samples.TEST, Samples.BUNDLE, List.of())
                .planned(plan, new TreeMap<>(Map.of("topic", managed)));

        assertThat(Samples.judged(PERCENT, subject).refuses()).isEqualTo((double) deletes > managed * 0.2);
    }

    @Property(tries = 100)
    void whatIsSaidDoesNotDependOnHowOftenItIsAsked(@ForAll @IntRange(max = 30) int deletes) {
        var operations = new ArrayList<PlannedOperation>();
        for (int i = 0; i < deletes; i++) {
            operations.add(Samples.delete("d-" + i));
        }
        var subject = Samples.subject(Samples.PRODUCTION, operations.toArray(PlannedOperation[]::new));

        assertThat(Samples.judged(DefaultPolicies.get(), subject))
                .isEqualTo(Samples.judged(DefaultPolicies.get(), subject));
    }
}
