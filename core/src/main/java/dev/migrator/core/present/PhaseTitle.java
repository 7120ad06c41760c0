package dev.migrator.core.present;

import dev.migrator.core.plan.Phase;

/**
 * Heading of a phase: {@code canary}, or {@code canary, bake 10m (tier=canary)}. How long it bakes is said before what a bundle
 * says of it, so that nothing in a bundle can pass for it.
 */
final class PhaseTitle {
    private PhaseTitle() {}

    static String of(Phase phase) {
        var bake = phase.bake().isNone() ? "" : ", bake " + phase.bake();
        var selects = phase.selects().isEmpty() ? "" : " (" + phase.selects() + ")";
        return phase.name() + bake + selects;
    }
}
