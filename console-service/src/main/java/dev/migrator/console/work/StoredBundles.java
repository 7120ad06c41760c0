package dev.migrator.console.work;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.environment.Environments;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.lifecycle.ChangeRequest;
import dev.migrator.core.lifecycle.Document;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.core.model.LabelSelector;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Bundles that earlier migrations left in the bucket: to run the very plan that was read, or to go one environment on. */
public final class StoredBundles {
    private static final Set<MigrationState> AS_WANTED =
            EnumSet.of(MigrationState.SUCCEEDED, MigrationState.NO_CHANGES);
    /** Hex digits that name a plan well enough to look for it. */
    private static final int SHORTEST = 8;

    private static final String ALGORITHM = "sha256:";

    private final StatusBoard board;
    private final Environments environments;

    public StoredBundles(StatusBoard board, Environments environments) {
        this.board = board;
        this.environments = environments;
    }

    /**
     * @param plan the plan that was made of it, empty when any plan will do
     * @param selector the part of it, empty for all
     * @param document what it is, if it is no bundle
     */
    public record Stored(
            Digest digest,
            String uri,
            String commit,
            String environment,
            Optional<Digest> plan,
            Optional<LabelSelector> selector,
            Optional<Document> document) {
        static Stored of(MigrationStatus status, Optional<Digest> plan, Optional<LabelSelector> selector) {
            return new Stored(
                    status.bundleDigest().orElseThrow(),
                    status.bundleUri().orElseThrow(),
                    status.commit(),
                    status.environment(),
                    plan,
                    selector,
                    status.document());
        }
    }

    /**
     * @param text a plan's digest, or at least its first {@value #SHORTEST} hex digits
     * @throws ProblemException {@code CON-UNKNOWN-PLAN}, or {@code CON-AMBIGUOUS-PLAN} if the digits name several
     */
    public Stored ofPlan(String text) {
        var digits = text.startsWith(ALGORITHM) ? text.substring(ALGORITHM.length()) : text;
        if (!digits.matches("[0-9a-f]{" + SHORTEST + ",64}")) {
            throw new ProblemException(Problem.of("CON-REQUEST", "the request is not as it should be")
                    .about("member planDigest")
                    .expected("a plan's digest, or at least its first " + SHORTEST + " hex digits")
                    .found(text.substring(0, Math.min(100, text.length()))));
        }
        var found = board.all().stream()
                .filter(StoredBundles::hasBundle)
                .filter(status -> status.planDigest()
                        .filter(digest -> digest.hex().startsWith(digits))
                        .isPresent())
                .toList();
        var plans = found.stream().map(MigrationStatus::planDigest).distinct().toList();
        if (plans.size() > 1) {
            throw new ProblemException(
                    Problem.of("CON-AMBIGUOUS-PLAN", "several plans begin with these digits; nothing was started")
                            .about("plan " + digits)
                            .expected("the digits of one plan")
                            .found(plans.size() + " plans")
                            .todo("give more digits"));
        }
        return found.stream()
                .findFirst()
                .map(status -> Stored.of(status, status.planDigest(), status.selector()))
                .orElseThrow(() -> new ProblemException(
                        Problem.of("CON-UNKNOWN-PLAN", "nothing is known of this plan; nothing was started")
                                .about("plan " + digits)
                                .todo("migrator plan DIR --env ENV    makes one and shows its digest")));
    }

    /**
     * What {@code from} runs on: the bundle of the newest migration there that succeeded, or found everything as wanted.
     *
     * @param only when given, this bundle, if it ever succeeded there
     * @param selector the part of it that goes on, empty for all: more than succeeded never does
     * @throws ProblemException {@code CON-NOT-SUCCEEDED}, {@code CON-RESTORED}, {@code CON-PROMOTED-PART}, {@code CON-PROMOTE-ORDER} or {@code
     *     ENV-UNKNOWN}
     */
    public Stored succeededIn(String from, String to, Optional<Digest> only, Optional<LabelSelector> selector) {
        inOrder(from, to);
        if (only.isEmpty()) {
            restoredLast(from, "CON-RESTORED");
        }
        var candidates = succeeded(from).stream()
                .filter(status -> only.isEmpty() || status.bundleDigest().equals(only))
                .toList();
        if (candidates.isEmpty()) {
            throw new ProblemException(
                    Problem.of("CON-NOT-SUCCEEDED", "there is nothing to promote; nothing was started")
                            .about("environment " + from)
                            .expected(only.map(digest -> "a migration of bundle " + digest + " that succeeded")
                                    .orElse("a migration that succeeded"))
                            .found("none that is still known")
                            .todo("migrator submit DIR --env " + from));
        }
        // without a digest the newest counts: an older bundle would take back what came after it
        return candidates.stream()
                .limit(only.isPresent() ? candidates.size() : 1)
                .filter(status ->
                        status.selector().isEmpty() || status.selector().equals(selector))
                .findFirst()
                .map(status -> Stored.of(status, Optional.empty(), selector))
                .orElseThrow(() -> new ProblemException(partly(from, candidates.getFirst(), selector)));
    }

    /**
     * What an environment was last brought to: the bundle of the newest migration there that succeeded, or the part of it.
     *
     * @throws ProblemException {@code DRF-NOTHING-APPLIED}, {@code DRF-RESTORED} if something was put back since
     */
    public Stored lastIn(String environment) {
        restoredLast(environment, "DRF-RESTORED");
        return succeeded(environment).stream()
                .findFirst()
                .map(status -> Stored.of(status, Optional.empty(), status.selector()))
                .orElseThrow(() -> new ProblemException(
                        Problem.of("DRF-NOTHING-APPLIED", "there is nothing to go back to; nothing was started")
                                .about("environment " + environment)
                                .expected("a migration that succeeded")
                                .found("none that is still known")
                                .todo("migrator submit DIR --env " + environment)));
    }

    private static Problem partly(String from, MigrationStatus newest, Optional<LabelSelector> selector) {
        var part = newest.selector().orElseThrow();
        return Problem.of("CON-PROMOTED-PART", "only a part of the bundle succeeded there; nothing was started")
                .about("environment " + from + ", migration " + newest.id())
                .expected(selector.map(LabelSelector::toString).orElse("all of the bundle"))
                .found("only " + part)
                .todo("promote the same part (--select " + part
                        + "), or name a bundle that succeeded whole (--bundle)");
    }

    private List<MigrationStatus> succeeded(String environment) {
        return wanted(environment)
                .filter(status -> status.document().isEmpty())
                .filter(StoredBundles::hasBundle)
                .toList();
    }

    private Stream<MigrationStatus> wanted(String environment) {
        return board.all().stream()
                .filter(status -> status.environment().equals(environment))
                .filter(status -> status.intent() == ChangeRequest.Intent.APPLY)
                .filter(status -> AS_WANTED.contains(status.state()));
    }

    /** Then no bundle is what the environment was last brought to, and the one before would take the restore back. */
    private void restoredLast(String environment, String code) {
        wanted(environment)
                // what was out of use already is no part of what an environment was brought to
                .filter(status -> status.purges().isEmpty())
                // a restore that found everything as it was has put nothing back
                .filter(status -> status.restores().isEmpty() || status.state() == MigrationState.SUCCEEDED)
                .findFirst()
                .filter(status -> status.restores().isPresent())
                .ifPresent(restored -> {
                    throw new ProblemException(
                            Problem.of(code, "the environment was put back since its last bundle; nothing was started")
                                    .about("environment " + environment)
                                    .expected("a migration of manifests as the newest that succeeded")
                                    .found("migration " + restored.id() + ", which put back "
                                            + restored.restores().get())
                                    .todo("submit the manifests that it should have now, or name the bundle"));
                });
    }

    private static boolean hasBundle(MigrationStatus status) {
        return status.bundleDigest().isPresent() && status.bundleUri().isPresent();
    }

    private void inOrder(String from, String to) {
        var source = environments.declared(from);
        var destination = environments.declared(to);
        if (source.order() >= destination.order()) {
            throw new ProblemException(
                    Problem.of("CON-PROMOTE-ORDER", "a promotion goes forward only; nothing was started")
                            .about("from " + from + " to " + to)
                            .expected("an environment after " + from + " in the order of environments.yaml")
                            .found(to + " has order " + destination.order() + ", " + from + " has " + source.order())
                            .todo("to bring something back, submit it there"));
        }
    }
}
