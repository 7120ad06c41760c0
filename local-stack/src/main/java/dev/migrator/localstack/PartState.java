package dev.migrator.localstack;

/** What is known of one part's process. */
public sealed interface PartState {
    /** Nobody started it. */
    record NeverStarted() implements PartState {}

    /** @param pid its process id */
    record Running(long pid) implements PartState {}

    /** Somebody ended it on purpose. */
    record Stopped() implements PartState {}

    /** It ended by itself, or somebody ended it without us. */
    record Crashed(long pid) implements PartState {}

    /** One word for it. */
    default String word() {
        return switch (this) {
            case NeverStarted _ -> "not started";
            case Running _ -> "running";
            case Stopped _ -> "stopped";
            case Crashed _ -> "crashed";
        };
    }
}
