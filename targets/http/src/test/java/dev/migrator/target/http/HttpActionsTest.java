package dev.migrator.target.http;

import static dev.migrator.target.http.HttpActionsHarness.flush;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.kinds.ActionAddress;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.core.plan.Removal;
import dev.migrator.target.DryRunOutcome;
import dev.migrator.target.TargetException;
import dev.migrator.target.TargetReader;
import dev.migrator.target.WriteGuard;
import dev.migrator.target.http.ActingServer.Mistake;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A system that loses answers, is busy, lies and fails: whatever it says, its probe decides, and nothing is done twice. */
class HttpActionsTest {
    private final HttpActionsHarness harness = open();
    private final ActingServer server = harness.server();

    private static HttpActionsHarness open() {
        try {
            return new HttpActionsHarness();
        } catch (TargetException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void close() {
        harness.close();
    }

    private Outcome apply(Operation operation) throws TargetException {
        return harness.writer()
                .apply(List.of(operation), Map.of(), WriteGuard.ALWAYS)
                .getFirst();
    }

    private EntryState read(Operation operation) throws TargetException {
        return harness.writer().readAll(Set.of(operation.key())).get(operation.key());
    }

    private void settle() throws TargetException {
        harness.writer().settle(Duration.ofSeconds(20), WriteGuard.ALWAYS);
    }

    private static void assertFailed(Outcome outcome, String code) {
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.problem().code()).isEqualTo(code);
            assertThat(failed.problem().thing()).contains("action prices").doesNotContain("{");
        });
    }

    @Test
    void itIsDoneWithItsBodyAndUndoneByItsUndo() throws TargetException {
        var flush = flush("prices");

        assertThat(apply(flush)).isEqualTo(new Outcome.Applied(flush.key(), ""));
        assertThat(apply(flush.inverse())).isEqualTo(new Outcome.Applied(flush.key(), ""));

        assertThat(server.acts()).containsExactly("POST prices", "DELETE prices");
        assertThat(server.bodies()).containsExactly("{\"deep\":true}", "");
        assertThat(server.keys())
                .containsExactly(
                        ActionAddress.idempotencyKey(flush.key(), false),
                        ActionAddress.idempotencyKey(flush.key(), true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ANSWER_LOST", "GATEWAY_GAVE_UP", "FAILED_AFTER"})
    void whatTookEffectWithoutASignOfItIsFoundByTheProbeAndNotDoneAgain(Mistake mistake) throws TargetException {
        server.next("prices", mistake);

        assertThat(apply(flush("prices"))).isInstanceOf(Outcome.Applied.class);

        assertThat(server.acts()).containsExactly("POST prices");
    }

    @Test
    void aCallThatWasLostIsUnknownAndGoesOutAgainWithTheSameKey() throws TargetException {
        server.next("prices", Mistake.CALL_LOST);

        assertThat(apply(flush("prices"))).isInstanceOf(Outcome.Unknown.class);
        settle();
        assertThat(apply(flush("prices"))).isInstanceOf(Outcome.Applied.class);

        assertThat(server.acts()).containsExactly("POST prices");
        assertThat(server.keys()).hasSize(2).containsOnly(server.keys().getFirst());
    }

    @Test
    void aBusySystemIsTriedAgainLater() throws TargetException {
        server.next("prices", Mistake.BUSY);

        assertThat(apply(flush("prices"))).isInstanceOf(Outcome.Unknown.class);
        settle();
        assertThat(apply(flush("prices"))).isInstanceOf(Outcome.Applied.class);

        assertThat(server.acts()).containsExactly("POST prices");
    }

    @Test
    void whatIsDoneAfterTheAnswerIsWaitedFor() throws TargetException {
        server.next("prices", Mistake.LATE);

        assertThat(apply(flush("prices"))).isInstanceOf(Outcome.Applied.class);

        assertThat(server.isFlushed("prices")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"LOST_AND_LATE", "BUSY_AND_LATE"})
    void whatLandsAfterItsAnswerWasLostIsWaitedForBeforeAnythingIsUndone(Mistake mistake) throws TargetException {
        var flush = flush("prices");
        server.next("prices", mistake);
        assertThat(apply(flush)).isInstanceOf(Outcome.Unknown.class);

        settle();

        assertThat(apply(flush.inverse())).isInstanceOf(Outcome.Applied.class);
        assertThat(server.isFlushed("prices")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {503, 500, 403, 302})
    void aLostCallIsWaitedForAlsoIfItsProbeGivesNoAnswer(int status) throws TargetException {
        var flush = flush("prices");
        server.next("prices", Mistake.LOST_AND_LATE);
        server.blindAfterNextCall("prices", status);
        assertThat(apply(flush)).isInstanceOf(Outcome.Unknown.class);
        server.see("prices");

        settle();

        assertThat(apply(flush.inverse())).isInstanceOf(Outcome.Applied.class);
        assertThat(server.isFlushed("prices")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {503, 403})
    void aFailureWhoseProbeGivesNoAnswerIsNoFailureYet(int status) throws TargetException {
        server.next("prices", Mistake.FAILED_AFTER);
        server.blindAfterNextCall("prices", status);

        assertThat(apply(flush("prices"))).isInstanceOf(Outcome.Unknown.class);
        server.see("prices");

        assertThat(apply(flush("prices"))).isInstanceOf(Outcome.AlreadyApplied.class);
    }

    @Test
    void aCallThatWasTakenWithAnotherStatusIsWaitedForAsWell() throws TargetException {
        var created = HttpActionsHarness.operation("prices", """
                {"http":{
                  "do":{"method":"POST","path":"/things/%1$s","status":201},
                  "probe":{"path":"/things/%1$s","field":"/cache/0/state","equals":"flushed"}}}
                """);
        server.next("prices", Mistake.LATE);
        assertThat(apply(created)).isInstanceOf(Outcome.Applied.class);
        var lied = HttpActionsHarness.operation("stock", """
                {"http":{
                  "do":{"method":"POST","path":"/things/%1$s","status":201},
                  "probe":{"path":"/things/%1$s","field":"/cache/0/state","equals":"flushed"}}}
                """);
        server.next("stock", Mistake.LIE);

        var outcome = apply(lied);

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.problem().code()).isEqualTo("ACT-REFUSED"));
    }

    @Test
    void oneThatIsUnseenAndCannotBeProbedHoldsUpNoOther() throws TargetException {
        server.next("prices", Mistake.CALL_LOST);
        server.blindAfterNextCall("prices", 403);
        assertThat(apply(flush("prices"))).isInstanceOf(Outcome.Unknown.class);

        settle();

        assertThat(apply(flush("stock"))).isInstanceOf(Outcome.Applied.class);
    }

    @Test
    void aSystemThatSaysItIsDoneAndDidNothingIsNotBelieved() throws TargetException {
        server.next("prices", Mistake.LIE);

        assertFailed(apply(flush("prices")), "ACT-NOT-DONE");
    }

    @Test
    void anUndoThatDidNothingIsNotBelieved() throws TargetException {
        var flush = flush("prices");
        assertThat(apply(flush)).isInstanceOf(Outcome.Applied.class);
        server.next("prices", Mistake.LIE);

        assertFailed(apply(flush.inverse()), "ACT-NOT-UNDONE");

        assertThat(read(flush).exists()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"NO", "FAILED_BEFORE"})
    void aRefusalSaysWhatTheSystemSaid(Mistake mistake) throws TargetException {
        server.next("prices", mistake);

        var outcome = apply(flush("prices"));

        assertFailed(outcome, "ACT-REFUSED");
        assertThat(((Outcome.Failed) outcome).problem().found()).containsAnyOf("422: not this one", "500: no disk");
        assertThat(server.acts()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503, 429})
    void aProbeWithoutAnAnswerIsNeverNotDone(int status) {
        server.answerProbesWith(status);

        assertThatThrownBy(() -> read(flush("prices"))).isInstanceOf(TargetException.Unavailable.class);
        assertThatThrownBy(() -> apply(flush("prices"))).isInstanceOf(TargetException.Unavailable.class);

        assertThat(server.keys()).as("calls that act").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 400, 401, 403, 418})
    void aProbeThatIsRefusedIsNeverNotDone(int status) throws TargetException {
        server.answerProbesWith(status);

        assertThatThrownBy(() -> read(flush("prices"))).isInstanceOf(TargetException.Refused.class);
        assertThat(apply(flush("prices"))).isInstanceOf(Outcome.Failed.class);

        assertThat(server.keys()).as("calls that act").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 410, 204})
    void whatIsNotThereIsNotDone(int status) throws TargetException {
        server.answerProbesWith(status);

        assertThat(read(flush("prices"))).isEqualTo(EntryState.ABSENT);
    }

    @Test
    void whatNamesNoUndoIsRefusedAndLeftDone() throws TargetException {
        var flush = HttpActionsHarness.withoutUndo("prices");
        assertThat(apply(flush)).isInstanceOf(Outcome.Applied.class);
        var removal = new Operation.Delete(flush.key(), flush.after(), Removal.REMOVE_IF_EMPTY);

        assertFailed(apply(removal), "ACT-NO-UNDO");

        assertThat(server.acts()).containsExactly("POST prices");
        assertThat(harness.writer().dryRun(List.of(removal))).singleElement().isInstanceOf(DryRunOutcome.Refused.class);
    }

    @Test
    void aDryRunSendsNothingNotEvenAProbe() throws TargetException {
        var outcomes =
                harness.writer().dryRun(List.of(flush("prices"), flush("stock").inverse()));

        assertThat(outcomes).hasSize(2).allMatch(DryRunOutcome.Unchecked.class::isInstance);
        assertThat(server.probes()).isZero();
        assertThat(server.keys()).as("calls that act").isEmpty();
    }

    @Test
    void oneThatIsRefusedStopsNoOther() throws TargetException {
        server.next("prices", Mistake.NO);

        var outcomes =
                harness.writer().apply(List.of(flush("a"), flush("prices"), flush("b")), Map.of(), WriteGuard.ALWAYS);

        assertThat(outcomes.get(0)).isInstanceOf(Outcome.Applied.class);
        assertFailed(outcomes.get(1), "ACT-REFUSED");
        assertThat(outcomes.get(2)).isInstanceOf(Outcome.Applied.class);
    }

    @Test
    void nothingIsListedAndACheckIsNotForIt() throws TargetException {
        try (var listed = harness.writer().list("action")) {
            assertThat(listed).isEmpty();
        }
        assertThatThrownBy(() -> harness.writer().list("external")).isInstanceOf(TargetException.Refused.class);
    }

    @Test
    void aSystemThatTellsNoIdentityIsNotTheOneThatIsExpected() {
        var config = HttpActionsHarness.config(server.url());
        var named = new dev.migrator.core.environment.TargetConfig(
                config.name(),
                config.type(),
                config.address(),
                Optional.of("c1"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());

        assertThatThrownBy(() -> new HttpActionsProvider().openReader(named, Map.of(), Duration.ofSeconds(1)))
                .isInstanceOf(TargetException.Refused.class)
                .hasMessageContaining("TGT-WRONG-CLUSTER");
    }

    @Test
    void aServerThatIsGoneIsUnavailableAndNothingIsGuessed() throws TargetException {
        try (TargetReader reader = new HttpActionsProvider()
                .openReader(HttpActionsHarness.config(server.url()), Map.of(), Duration.ofSeconds(1))) {
            harness.close();
            assertThatThrownBy(() -> reader.readAll(Set.of(flush("prices").key())))
                    .isInstanceOf(TargetException.Unavailable.class);
        }
    }
}
