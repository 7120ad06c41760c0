package dev.migrator.console.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.console.Statuses;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.environment.Environment;
import dev.migrator.core.environment.Environments;
import dev.migrator.core.environment.Protection;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.lifecycle.ChangeRequest;
import dev.migrator.core.lifecycle.Document;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.lifecycle.MigrationStatus;
import dev.migrator.core.model.LabelSelector;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class StoredBundlesTest {
    private static final Optional<Digest> ANY = Optional.empty();
    private static final Optional<LabelSelector> ALL = Optional.empty();
    private static final Optional<LabelSelector> CANARY = Optional.of(LabelSelector.parse("tier=canary"));

    private final StatusBoard board = new StatusBoard();
    private final StoredBundles bundles = new StoredBundles(
            board,
            new Environments(
                    List.of(environment("test", 10), environment("staging", 20), environment("production", 30))));

    @Test
    void thePromotedBundleIsThatOfTheNewestMigrationThatSucceeded() {
        board.accept(ended("m-1", "test", 1, MigrationState.SUCCEEDED, "old"));
        board.accept(ended("m-2", "test", 2, MigrationState.NO_CHANGES, "good"));
        board.accept(ended("m-3", "test", 3, MigrationState.ROLLED_BACK, "bad"));
        board.accept(ended("m-4", "staging", 4, MigrationState.SUCCEEDED, "elsewhere"));

        var stored = bundles.succeededIn("test", "production", ANY, ALL);

        assertThat(stored.digest()).isEqualTo(Digest.ofText("good"));
        assertThat(stored.uri()).isEqualTo("4be21d0/m-2/bundle.json");
        assertThat(stored.plan()).isEmpty();
        assertThat(bundles.succeededIn("test", "staging", Optional.of(Digest.ofText("old")), ALL)
                        .uri())
                .isEqualTo("4be21d0/m-1/bundle.json");
    }

    @Test
    void whatOnlyWasPlannedOrDidNotSucceedIsNotPromoted() {
        board.accept(with(ended("m-1", "test", 1, MigrationState.NO_CHANGES, "planned"), ChangeRequest.Intent.PLAN));
        board.accept(ended("m-2", "test", 2, MigrationState.ROLLED_BACK, "bad"));
        board.accept(ended("m-3", "test", 3, MigrationState.REJECTED, "worse"));

        assertRefused("CON-NOT-SUCCEEDED", () -> bundles.succeededIn("test", "production", ANY, ALL));
        assertRefused(
                "CON-NOT-SUCCEEDED",
                () -> bundles.succeededIn("test", "production", Optional.of(Digest.ofText("bad")), ALL));
    }

    @Test
    void noMoreIsPromotedThanWhatSucceeded() {
        board.accept(ended("m-1", "test", 1, MigrationState.SUCCEEDED, "whole"));
        board.accept(Statuses.only(ended("m-2", "test", 2, MigrationState.SUCCEEDED, "part"), "tier=canary"));

        assertRefused("CON-PROMOTED-PART", () -> bundles.succeededIn("test", "production", ANY, ALL));
        assertRefused(
                "CON-PROMOTED-PART",
                () -> bundles.succeededIn("test", "production", ANY, Optional.of(LabelSelector.parse("tier=last"))));
        assertRefused(
                "CON-PROMOTED-PART",
                () -> bundles.succeededIn("test", "production", Optional.of(Digest.ofText("part")), ALL));
        assertThat(bundles.succeededIn("test", "production", ANY, CANARY))
                .isEqualTo(new StoredBundles.Stored(
                        Digest.ofText("part"),
                        "4be21d0/m-2/bundle.json",
                        "4be21d0",
                        "test",
                        Optional.empty(),
                        CANARY,
                        Optional.empty()));
        assertThat(bundles.succeededIn("test", "production", Optional.of(Digest.ofText("whole")), CANARY)
                        .selector())
                .as("a part of what succeeded whole")
                .isEqualTo(CANARY);
    }

    @Test
    void aPlanOfAPartRunsForThatPart() {
        board.accept(Statuses.only(ended("m-1", "test", 1, MigrationState.PLANNED, "good"), "tier=canary"));

        assertThat(bundles.ofPlan(planOf("m-1").hex()).selector()).isEqualTo(CANARY);
    }

    @Test
    void whatWasPutBackIsNoBundleThatGoesOnOrThatAnEnvironmentGoesBackTo() {
        board.accept(ended("m-1", "test", 1, MigrationState.SUCCEEDED, "good"));
        board.accept(Statuses.restoring(ended("m-2", "test", 2, MigrationState.SUCCEEDED, "document"), "snapshot s-1"));

        assertRefused("CON-RESTORED", () -> bundles.succeededIn("test", "production", ANY, ALL));
        assertRefused("DRF-RESTORED", () -> bundles.lastIn("test"));
        assertRefused(
                "CON-NOT-SUCCEEDED",
                () -> bundles.succeededIn("test", "production", Optional.of(Digest.ofText("document")), ALL));
        assertThat(bundles.succeededIn("test", "production", Optional.of(Digest.ofText("good")), ALL)
                        .digest())
                .isEqualTo(Digest.ofText("good"));
    }

    @Test
    void aRestoreThatFoundEverythingAsItWasChangesNothing() {
        board.accept(ended("m-1", "test", 1, MigrationState.SUCCEEDED, "good"));
        board.accept(
                Statuses.restoring(ended("m-2", "test", 2, MigrationState.NO_CHANGES, "document"), "snapshot s-1"));

        assertThat(bundles.succeededIn("test", "production", ANY, ALL).digest()).isEqualTo(Digest.ofText("good"));
        assertThat(bundles.lastIn("test").digest()).isEqualTo(Digest.ofText("good"));
    }

    @Test
    void aPurgeIsNoBundleAndChangesNothingOfWhatTheEnvironmentWasBroughtTo() {
        board.accept(ended("m-1", "test", 1, MigrationState.SUCCEEDED, "good"));
        board.accept(Statuses.purging(
                ended("m-2", "test", 2, MigrationState.SUCCEEDED, "document"), "retired by 2026-12-24T18:00:00Z"));

        assertThat(bundles.succeededIn("test", "production", ANY, ALL).digest()).isEqualTo(Digest.ofText("good"));
        assertThat(bundles.lastIn("test").digest()).isEqualTo(Digest.ofText("good"));
    }

    @Test
    void thePlanOfARestoreRunsAsOne() {
        board.accept(Statuses.restoring(ended("m-1", "test", 1, MigrationState.PLANNED, "document"), "snapshot s-1"));

        assertThat(bundles.ofPlan(planOf("m-1").hex()).document())
                .contains(new Document(Document.Kind.RESTORE, "snapshot s-1"));
    }

    @Test
    void aPromotionGoesForwardOnly() {
        board.accept(ended("m-1", "production", 1, MigrationState.SUCCEEDED, "good"));

        assertRefused("CON-PROMOTE-ORDER", () -> bundles.succeededIn("production", "test", ANY, ALL));
        assertRefused("CON-PROMOTE-ORDER", () -> bundles.succeededIn("production", "production", ANY, ALL));
        assertRefused("ENV-UNKNOWN", () -> bundles.succeededIn("production", "mars", ANY, ALL));
        assertRefused("ENV-UNKNOWN", () -> bundles.succeededIn("mars", "production", ANY, ALL));
    }

    @Test
    void aPlanIsFoundByItsFirstDigitsTogetherWithItsBundleAndEnvironment() {
        board.accept(ended("m-1", "production", 1, MigrationState.PLANNED, "good"));
        var plan = planOf("m-1");

        var stored = bundles.ofPlan(plan.hex().substring(0, 8));

        assertThat(stored.plan()).contains(plan);
        assertThat(stored.digest()).isEqualTo(Digest.ofText("good"));
        assertThat(stored.environment()).isEqualTo("production");
        assertThat(bundles.ofPlan(plan.toString())).isEqualTo(stored);
    }

    @Test
    void digitsThatNameNoPlanOrSeveralStartNothing() {
        board.accept(planned("m-1", "0123456789abcdef"));
        board.accept(planned("m-2", "0123456789abcd00"));

        assertRefused("CON-UNKNOWN-PLAN", () -> bundles.ofPlan("ffffffff"));
        assertRefused("CON-AMBIGUOUS-PLAN", () -> bundles.ofPlan("0123456789abcd"));
        assertThat(bundles.ofPlan("0123456789abcdef").uri()).isEqualTo("4be21d0/m-1/bundle.json");
        for (var text : List.of("", "0123456", "xyzxyzxyz", "sha256:", "../../etc/passwd")) {
            assertRefused("CON-REQUEST", () -> bundles.ofPlan(text));
        }
    }

    private static void assertRefused(String code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(code));
    }

    private static Environment environment(String name, int order) {
        return new Environment(name, order, Protection.OPEN, "eu-1", List.of());
    }

    private static Digest planOf(String id) {
        return Digest.ofText("plan of " + id);
    }

    private static MigrationStatus planned(String id, String digits) {
        var plan = Digest.parse("sha256:" + digits + "0".repeat(64 - digits.length()));
        return Statuses.of(id, "test", 1, MigrationState.PLANNED, ChangeRequest.Intent.PLAN, "bundle", plan);
    }

    private static MigrationStatus ended(
            String id, String environment, long sequence, MigrationState state, String bundle) {
        return Statuses.of(id, environment, sequence, state, ChangeRequest.Intent.APPLY, bundle, planOf(id));
    }

    private static MigrationStatus with(MigrationStatus status, ChangeRequest.Intent intent) {
        return Statuses.of(
                status.id().value(),
                status.environment(),
                status.sequence(),
                status.state(),
                intent,
                "planned",
                planOf(status.id().value()));
    }
}
