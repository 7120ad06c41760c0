package dev.migrator.target;

/** Whether the caller may still write. A worker that was paused and lost its lease is stopped here when it wakes. */
@FunctionalInterface
public interface WriteGuard {
    WriteGuard ALWAYS = () -> {};

    /** Returns if a call that writes may be started now. @throws TargetException.Fenced if not */
    void check() throws TargetException.Fenced;
}
