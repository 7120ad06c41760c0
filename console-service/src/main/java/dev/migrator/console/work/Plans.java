package dev.migrator.console.work;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.environment.Environments;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.lifecycle.ChangeRequest;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.core.plan.Plan;
import dev.migrator.core.plan.PlanCodec;
import dev.migrator.core.plan.Policy;
import dev.migrator.core.present.PlanFrame;
import dev.migrator.core.present.PlanText;
import dev.migrator.kit.objects.ObjectStore;

/** Plans as people read them, straight from the bytes that an approval binds to. */
public final class Plans {
    private final ObjectStore objects;
    private final Environments environments;

    public Plans(ObjectStore objects, Environments environments) {
        this.objects = objects;
        this.environments = environments;
    }

    /** {@code digest}, {@code text} and {@code plan}. */
    public Value of(MigrationStatus status) {
        if (status.planDigest().isEmpty() || status.planUri().isEmpty()) {
            throw new ProblemException(Problem.of("CON-NO-PLAN", "there is no plan yet")
                    .about("migration " + status.id())
                    .found(status.state().name())
                    .todo("migrator watch " + status.id()));
        }
        Digest digest = status.planDigest().get();
        var bytes = objects.get(status.planUri().get(), digest);
        return Value.object(
                "digest", Value.of(digest.toString()),
                "text", Value.of(text(PlanCodec.read(bytes, digest), status)),
                "plan", CanonicalJson.parse(bytes));
    }

    private String text(Plan plan, MigrationStatus status) {
        var frame = PlanFrame.BARE.from(status.commit()).next(next(plan, status));
        var policy = environments.find(status.environment()).map(Policy::of);
        return PlanText.of(plan, policy.map(frame::needing).orElse(frame)).plain();
    }

    private static String next(Plan plan, MigrationStatus status) {
        return status.intent() == ChangeRequest.Intent.PLAN
                ? "migrator submit --plan " + PlanCodec.digest(plan).brief()
                : "migrator status " + status.id();
    }
}
