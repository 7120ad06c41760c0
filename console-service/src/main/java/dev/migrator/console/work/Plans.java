package dev.migrator.console.work;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.environment.Environments;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.impact.SurroundingsCodec;
import dev.migrator.core.lifecycle.ChangeRequest;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.core.lifecycle.StoredObject;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlanCodec;
import dev.migrator.core.plan.PlannedOperation;
import dev.migrator.core.plan.Policy;
import dev.migrator.core.present.FrameJson;
import dev.migrator.core.present.PlanFrame;
import dev.migrator.core.present.PlanHtml;
import dev.migrator.core.present.PlanMarkdown;
import dev.migrator.core.present.PlanText;
import dev.migrator.kit.objects.ObjectStore;
import java.util.List;
import java.util.Optional;

/** Plans as people read them, straight from the bytes that an approval binds to, with what was seen around them. */
public final class Plans {
    /** For people; machines get all of it with {@link #of(MigrationStatus)}. */
    public enum Form {
        TEXT,
        MARKDOWN,
        PAGE
    }

    private final ObjectStore objects;
    private final Environments environments;

    public Plans(ObjectStore objects, Environments environments) {
        this.objects = objects;
        this.environments = environments;
    }

    /** {@code digest}, {@code text}, {@code plan} and {@code frame}: what stands around it. */
    public Value of(MigrationStatus status) {
        var stored = stored(status);
        var bytes = objects.get(stored.uri(), stored.digest());
        var plan = PlanCodec.read(bytes, stored.digest());
        var frame = frame(status, stored.digest());
        return Value.object(
                "digest", Value.of(stored.digest().toString()),
                "text", Value.of(PlanText.of(plan, frame).plain()),
                "plan", CanonicalJson.parse(bytes),
                "frame", FrameJson.toValue(frame));
    }

    public String of(MigrationStatus status, Form form) {
        var stored = stored(status);
        Plan plan = PlanCodec.read(objects.get(stored.uri(), stored.digest()), stored.digest());
        var frame = frame(status, stored.digest());
        return switch (form) {
            case TEXT -> PlanText.of(plan, frame).plain();
            case MARKDOWN -> PlanMarkdown.of(plan, frame);
            case PAGE -> PlanHtml.of(plan, frame);
        };
    }

    private static StoredObject stored(MigrationStatus status) {
        if (status.planDigest().isEmpty() || status.planUri().isEmpty()) {
            throw new ProblemException(Problem.of("CON-NO-PLAN", "there is no plan yet")
                    .about("migration " + status.id())
                    .found(status.state().name())
                    .todo("migrator watch " + status.id()));
        }
        return new StoredObject(status.planUri().get(), status.planDigest().get());
    }

    /**
     * What the operations of a migration's newest plan write, in the order of the plan.
     *
     * @param most names of so many are given, and the number of all
     * @throws ProblemException if the plan cannot be read any more
     */
    public Value entries(MigrationStatus status, int most) {
        var plan = read(status);
        return Value.object(
                "operations", Value.of(plan.operations().count()),
                "first",
                        Value.array(plan.operations()
                                .limit(most)
                                .map(planned ->
                                        Value.of(planned.operation().key().toString()))
                                .toList()));
    }

    /**
     * What a migration's newest plan does to an entry; empty if nothing.
     *
     * @throws ProblemException if the plan cannot be read any more
     */
    Optional<Operation> change(MigrationStatus status, EntryKey key) {
        return read(status)
                .operations()
                .map(PlannedOperation::operation)
                .filter(operation -> operation.key().equals(key))
                .findFirst();
    }

    /** @throws ProblemException {@code CON-NO-PLAN}, or if it cannot be read any more */
    Plan read(MigrationStatus status) {
        var stored = stored(status);
        return PlanCodec.read(objects.get(stored.uri(), stored.digest()), stored.digest());
    }

    private PlanFrame frame(MigrationStatus status, Digest plan) {
        var frame = PlanFrame.BARE.from(status.commit()).next(next(status, plan));
        var policy = environments.find(status.environment()).map(Policy::of);
        var needing = policy.map(frame::needing).orElse(frame);
        return status.surroundings().map(seen -> seen(needing, seen)).orElse(needing);
    }

    /** A plan is shown whatever became of what was seen around it. */
    private PlanFrame seen(PlanFrame frame, StoredObject stored) {
        try {
            return frame.seen(SurroundingsCodec.read(objects.get(stored.uri(), stored.digest())));
        } catch (ProblemException e) {
            return frame.unchecked(List.of("who uses what is changed is not known: "
                    + e.problem().code() + ", " + e.problem().message()));
        }
    }

    private static String next(MigrationStatus status, Digest plan) {
        if (status.intent() == ChangeRequest.Intent.PLAN) {
            return "migrator submit --plan " + plan.brief();
        }
        return status.state() == MigrationState.AWAITING_APPROVAL
                ? "migrator approve " + status.id() + " --plan " + plan.brief()
                : "migrator watch " + status.id();
    }
}
