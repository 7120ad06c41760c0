package dev.migrator.kit.worker;

import dev.migrator.core.error.Problem;

/** Is told once for each record that has to wait for a part that does not answer. Must not block. */
@FunctionalInterface
public interface DelayListener {
    DelayListener NONE = (task, problem) -> {};

    void delayed(Task task, Problem problem);
}
