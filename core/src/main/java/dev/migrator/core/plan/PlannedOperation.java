package dev.migrator.core.plan;

import dev.migrator.core.canonical.Digest;
import java.util.List;
import java.util.Objects;

/**
 * An operation with what an approver and the engine need to know about it.
 *
 * @param uid immutable identity of the resource that asks for it
 * @param resource {@code Kind/name} of the manifest, for people
 * @param beforeIncarnation the entry's incarnation when planned, empty when it did not exist or has none
 * @param dependsOn addresses within this plan of what has to be done first, as {@code target|kind|address}
 * @param reason why it is in the plan, and what it overwrites that others have changed
 * @throws IllegalArgumentException if a purge is said to be anything but one-way
 */
public record PlannedOperation(
        String uid,
        String resource,
        Operation operation,
        String beforeIncarnation,
        Risk risk,
        UndoClass undo,
        List<String> dependsOn,
        Reason reason) {
    public PlannedOperation {
        Objects.requireNonNull(uid);
        Objects.requireNonNull(resource);
        Objects.requireNonNull(operation);
        Objects.requireNonNull(beforeIncarnation);
        Objects.requireNonNull(risk);
        Objects.requireNonNull(undo);
        dependsOn = List.copyOf(dependsOn);
        Objects.requireNonNull(reason);
        if (operation.isPurge() && (risk != Risk.ONE_WAY || undo != UndoClass.NONE)) {
            // an approver must never be told that it can be undone
            throw new IllegalArgumentException("a purge is one-way and nothing undoes it: " + operation.key());
        }
    }

    /** For the reason that the operation speaks of itself. */
    public PlannedOperation(
            String uid,
            String resource,
            Operation operation,
            String beforeIncarnation,
            Risk risk,
            UndoClass undo,
            List<String> dependsOn) {
        this(uid, resource, operation, beforeIncarnation, risk, undo, dependsOn, Reason.of(operation));
    }

    /** Why it is in the plan, for people. */
    public String why() {
        return reason.text(operation);
    }

    /** What makes this the same change again: resource and result, without the state it starts from. See holds. */
    public String changeFingerprint() {
        var result = switch (operation) {
            case Operation.Create create -> create.after().toValue();
            case Operation.Update update -> update.after().toValue();
            case Operation.Delete delete ->
                dev.migrator.core.canonical.Value.of(delete.isPurge() ? "purged" : "deleted");
        };
        return Digest.of(dev.migrator.core.canonical.Value.object(
                        "uid", dev.migrator.core.canonical.Value.of(uid),
                        "key",
                                dev.migrator.core.canonical.Value.of(
                                        operation.key().toString()),
                        "result", result))
                .hex()
                .substring(0, 32);
    }
}
