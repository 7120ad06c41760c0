package dev.migrator.kit.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.environment.Grace;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.fleet.FleetEffect;
import dev.migrator.core.fleet.FleetFact;
import dev.migrator.core.fleet.FleetId;
import dev.migrator.core.fleet.FleetMember;
import dev.migrator.core.fleet.FleetRequest;
import dev.migrator.core.fleet.FleetState;
import dev.migrator.core.fleet.FleetStatus;
import dev.migrator.core.lifecycle.ChangeRequest;
import dev.migrator.core.lifecycle.Fact;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.core.model.LabelSelector;
import dev.migrator.events.v1.AuditEntry;
import dev.migrator.events.v1.FleetRequested;
import dev.migrator.events.v1.FleetStatusChanged;
import dev.migrator.events.v1.FleetStopOrdered;
import dev.migrator.kit.topics.Topics;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FleetMessagesTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final FleetId ID = new FleetId("f-1");
    private static final FleetRequest REQUEST = new FleetRequest(
            ID,
            "europe",
            Digest.ofText("bundle"),
            Optional.of("4be21d0/f-1/bundle.json"),
            Optional.empty(),
            "4be21d0",
            "Jürgen Groß",
            Optional.of(LabelSelector.parse("tier=canary")));

    @Test
    void aRequestComesBackAsItWasInlineOrNot() {
        assertThat(FleetMessages.fact(FleetMessages.of(REQUEST))).contains(new FleetFact.Requested(REQUEST));

        var inline = new FleetRequest(
                ID,
                "europe",
                Digest.ofText("bundle"),
                Optional.empty(),
                Optional.of(new byte[] {1, 2}),
                "4be21d0",
                "ann",
                Optional.empty());
        assertThat(FleetMessages.fact(FleetMessages.of(inline)))
                .hasValueSatisfying(fact -> assertThat(((FleetFact.Requested) fact).request())
                        .satisfies(found -> assertThat(found.sameAs(inline)).isTrue())
                        .satisfies(found ->
                                assertThat(found.inlineBundle().orElseThrow()).containsExactly(1, 2)));
    }

    @Test
    void anOrderToStopComesBackAsItWas() {
        var stop = new FleetFact.StopOrdered(ID, "olga", "a holiday");

        assertThat(FleetMessages.fact(FleetMessages.of(stop))).contains(stop);
    }

    @ParameterizedTest
    @EnumSource
    void aStatusComesBackAsItWas(FleetState state) {
        var status = new FleetStatus(
                ID,
                "europe",
                7,
                state,
                "4be21d0",
                "ann",
                Digest.ofText("bundle"),
                Optional.of("k"),
                Optional.of(LabelSelector.parse("tier=canary")),
                new Grace(10, Grace.Unit.MINUTES),
                1,
                2,
                Optional.of(NOW),
                List.of(
                        new FleetMember(
                                "eu-1",
                                1,
                                new MigrationId("f-1.eu-1"),
                                Optional.of(MigrationState.ROLLED_BACK),
                                Optional.of(Digest.ofText("plan")),
                                "an approval",
                                Optional.of(
                                        Problem.of("FLT-MIGRATION-FAILED", "no").found("it")),
                                Optional.of(NOW)),
                        new FleetMember(
                                "eu-2",
                                2,
                                new MigrationId("f-1.eu-2"),
                                Optional.empty(),
                                Optional.empty(),
                                "",
                                Optional.empty(),
                                Optional.empty())),
                Optional.of("olga"),
                List.of(Problem.of("FLT-STOPPED", "so")),
                NOW);

        assertThat(FleetMessages.status(FleetMessages.of(status))).isEqualTo(status);
        var out = FleetMessages.outgoing(new FleetEffect.StatusChanged(status), "fleets", NOW);
        assertThat(out.topic()).isEqualTo(Topics.FLEET_STATUS);
        assertThat(out.key()).isEqualTo("f-1");
        assertThat(out.value()).isInstanceOf(FleetStatusChanged.class);
    }

    @Test
    void theChangeOfAnEnvironmentGoesWhereAllChangesGoAndNamesItsRun() {
        var change = child("f-1.eu-1").ofFleet("f-1");

        var out = FleetMessages.outgoing(new FleetEffect.ChildAsked(change), "fleets", NOW);

        assertThat(out.topic()).isEqualTo(Topics.CHANGES);
        assertThat(out.key()).isEqualTo("f-1.eu-1");
        assertThat(Messages.fact(out.value())).contains(new Fact.Requested(change));
    }

    @Test
    void aChangeThatNamesARunUnderAnotherIdThanItsOwnIsRefused() {
        assertRefused(
                "CHG-FLEET", () -> Messages.fact(ChangeMessages.of(child("m-1").ofFleet("f-1"))));
        assertRefused(
                "CHG-FLEET",
                () -> Messages.fact(ChangeMessages.of(child("f-1-eu-1").ofFleet("f-1"))));
    }

    @Test
    void anAuditEntryNamesTheRun() {
        var out = FleetMessages.outgoing(
                new FleetEffect.Audited(ID, "fleet-ended", "fleets", Optional.empty(), List.of("STOPPED")),
                "fleets",
                NOW);

        assertThat(out.topic()).isEqualTo(Topics.AUDIT);
        assertThat(((AuditEntry) out.value()).getDetails()).containsExactly("run f-1", "STOPPED");
    }

    @Test
    void onlyTheStatusOfAMigrationOfARunTellsSomething() {
        var status = new Samples(1).status();
        assertThat(FleetMessages.fact(StatusMessages.of(status)).isPresent())
                .isEqualTo(status.fleet().isPresent());
        assertThat(FleetMessages.fact(ChangeMessages.of(child("m-1")))).isEmpty();
    }

    @Test
    void whatMakesNoSenseIsRefusedWithItsField() {
        assertRefused("FLT-ID", () -> FleetMessages.fact(requested("no id", "europe", null, "k")));
        assertRefused("FLT-NAME", () -> FleetMessages.fact(requested("f-1", " ", null, "k")));
        assertRefused("CHG-BUNDLE", () -> FleetMessages.fact(requested("f-1", "europe", null, null)));
        assertRefused(
                "CHG-BUNDLE", () -> FleetMessages.fact(requested("f-1", "europe", ByteBuffer.wrap(new byte[1]), "k")));
        assertRefused(
                "CHG-BUNDLE-SIZE",
                () -> FleetMessages.fact(requested("f-1", "europe", ByteBuffer.wrap(new byte[(256 << 10) + 1]), null)));
        assertRefused("FLT-BY", () -> FleetMessages.fact(new FleetStopOrdered("f-1", "", "")));
        assertRefused("FLT-REASON", () -> FleetMessages.fact(new FleetStopOrdered("f-1", "olga", "a\nb")));
    }

    private static FleetRequested requested(String id, String fleet, ByteBuffer bundle, String uri) {
        return new FleetRequested(id, fleet, "0".repeat(64), "4be21d0", "ann", bundle, uri, null);
    }

    private static ChangeRequest child(String id) {
        return new ChangeRequest(
                new MigrationId(id),
                "eu-1",
                ChangeRequest.Intent.APPLY,
                Digest.ofText("bundle"),
                Optional.of("4be21d0/f-1/bundle.json"),
                Optional.empty(),
                "4be21d0",
                "ann");
    }

    private static void assertRefused(String code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(code));
    }
}
