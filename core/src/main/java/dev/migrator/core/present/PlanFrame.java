package dev.migrator.core.present;

import dev.migrator.core.impact.Surroundings;
import dev.migrator.core.plan.Policy;
import java.util.List;
import java.util.Optional;

/**
 * What stands around a plan when it is shown; each part may be missing and is then not spoken of.
 *
 * @param source where the change comes from, e.g. a commit; the bundle's digest when empty
 * @param policy what is still needed
 * @param surroundings what was seen when it was planned; those of another plan are left out
 * @param unchecked what nobody could check before the first write, one sentence each
 * @param next what the reader can do next, a command; a general one when empty
 * @param maxOperations operations that a form for people shows, from 1; the rest is counted
 */
public record PlanFrame(
        Optional<String> source,
        Optional<Policy> policy,
        Optional<Surroundings> surroundings,
        List<String> unchecked,
        Optional<String> next,
        int maxOperations) {
    public static final PlanFrame BARE =
            new PlanFrame(Optional.empty(), Optional.empty(), Optional.empty(), List.of(), Optional.empty(), 1_000);

    public PlanFrame {
        unchecked = List.copyOf(unchecked);
        if (maxOperations < 1) {
            throw new IllegalArgumentException("at least one operation is shown, found " + maxOperations);
        }
    }

    public PlanFrame from(String aSource) {
        return new PlanFrame(Optional.of(aSource), policy, surroundings, unchecked, next, maxOperations);
    }

    public PlanFrame needing(Policy aPolicy) {
        return new PlanFrame(source, Optional.of(aPolicy), surroundings, unchecked, next, maxOperations);
    }

    public PlanFrame seen(Surroundings around) {
        return new PlanFrame(source, policy, Optional.of(around), unchecked, next, maxOperations);
    }

    public PlanFrame unchecked(List<String> sentences) {
        return new PlanFrame(source, policy, surroundings, sentences, next, maxOperations);
    }

    public PlanFrame next(String command) {
        return new PlanFrame(source, policy, surroundings, unchecked, Optional.of(command), maxOperations);
    }

    public PlanFrame atMost(int operations) {
        return new PlanFrame(source, policy, surroundings, unchecked, next, operations);
    }
}
