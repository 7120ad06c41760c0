package dev.migrator.core.present;

import dev.migrator.core.plan.PlannedOperation;
import dev.migrator.core.plan.Risk;
import dev.migrator.core.plan.UndoClass;

/** What is left of an operation once it is undone, in the words of whoever has to approve it. Best first. */
public enum Reversibility {
    REVERSIBLE("reversible"),
    WITH_LOSS("reversible with loss"),
    ONE_WAY("one-way");

    private final String words;

    Reversibility(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }

    public static Reversibility of(PlannedOperation planned) {
        if (planned.risk() == Risk.ONE_WAY) {
            return ONE_WAY;
        }
        return of(planned.undo());
    }

    private static Reversibility of(UndoClass undo) {
        return switch (undo) {
            case EXACT, RETAINED -> REVERSIBLE;
            case DATA_LOSS -> WITH_LOSS;
            case NONE -> ONE_WAY;
        };
    }
}
