package dev.migrator.core.present;

import dev.migrator.core.plan.Phase;
import java.util.ArrayList;

/** Heading of a phase: {@code canary}, or {@code canary (tier=canary, bake 10m)}. */
final class PhaseTitle {
    private PhaseTitle() {}

    static String of(Phase phase) {
        var more = new ArrayList<String>();
        if (!phase.selects().isEmpty()) {
            more.add(phase.selects());
        }
        if (!phase.bake().isNone()) {
            more.add("bake " + phase.bake());
        }
        return more.isEmpty() ? phase.name() : phase.name() + " (" + String.join(", ", more) + ")";
    }
}
