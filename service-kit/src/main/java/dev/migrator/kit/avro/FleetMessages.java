package dev.migrator.kit.avro;

import dev.migrator.core.environment.Grace;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.fleet.FleetEffect;
import dev.migrator.core.fleet.FleetFact;
import dev.migrator.core.fleet.FleetId;
import dev.migrator.core.fleet.FleetMember;
import dev.migrator.core.fleet.FleetRequest;
import dev.migrator.core.fleet.FleetState;
import dev.migrator.core.fleet.FleetStatus;
import dev.migrator.core.lifecycle.MigrationState;
import dev.migrator.events.v1.FleetRequested;
import dev.migrator.events.v1.FleetStatusChanged;
import dev.migrator.events.v1.FleetStopOrdered;
import dev.migrator.events.v1.MigrationStatusChanged;
import dev.migrator.kit.topics.Topics;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;

/** Runs of fleets as records and back; times have milliseconds. Requests come from anybody, so every field is checked here. */
public final class FleetMessages {
    private static final Pattern REASON = Pattern.compile("[^\\p{Cntrl}]{0,1000}");

    private FleetMessages() {}

    public static FleetRequested of(FleetRequest request) {
        return new FleetRequested(
                request.id().value(),
                request.fleet(),
                request.bundleDigest().toString(),
                request.commit(),
                request.requester(),
                request.inlineBundle().map(ByteBuffer::wrap).orElse(null),
                request.bundleUri().orElse(null),
                Parts.text(request.selector()));
    }

    public static FleetStopOrdered of(FleetFact.StopOrdered stop) {
        return new FleetStopOrdered(stop.id().value(), stop.by(), stop.reason());
    }

    /**
     * What a record tells a run, empty for every other record; so also for the status of a migration on its own.
     *
     * @throws ProblemException with code {@code FLT-…}, {@code CHG-…} or {@code EVT-…} for one that makes no sense
     */
    public static Optional<FleetFact.OfRun> fact(SpecificRecord event) {
        return switch (event) {
            case FleetRequested e -> Optional.of(new FleetFact.Requested(request(e)));
            case FleetStopOrdered e -> Optional.of(stop(e));
            case MigrationStatusChanged e ->
                Optional.ofNullable(e.getFleet())
                        .map(run -> new FleetFact.ChildSeen(new FleetId(run), StatusMessages.status(e)));
            default -> Optional.empty();
        };
    }

    /** @param at when, for audit entries, and {@code service} who */
    public static Outgoing outgoing(FleetEffect effect, String service, Instant at) {
        return switch (effect) {
            case FleetEffect.ChildAsked(var change) ->
                new Outgoing(Topics.CHANGES, change.id().value(), ChangeMessages.of(change));
            case FleetEffect.StatusChanged(var status) ->
                new Outgoing(Topics.FLEET_STATUS, status.id().value(), of(status));
            case FleetEffect.Audited(var id, var decision, var actor, var problem, var details) ->
                new Outgoing(
                        Topics.AUDIT,
                        id.value(),
                        Messages.audit(
                                service, at, "", "", decision, actor, Optional.empty(), problem, lines(id, details)));
        };
    }

    private static List<String> lines(FleetId id, List<String> details) {
        return Stream.concat(Stream.of("run " + id), details.stream()).toList();
    }

    private static FleetRequest request(FleetRequested event) {
        var inline = Optional.ofNullable(event.getBundle()).map(Parts::bytes);
        var uri = Optional.ofNullable(event.getBundleUri());
        ChangeMessages.requireOne(inline, uri);
        return new FleetRequest(
                new FleetId(event.getFleetId()),
                ChangeMessages.shaped("FLT-NAME", "fleet", ChangeMessages.NAME, event.getFleet()),
                Parts.digest("bundleDigest", event.getBundleDigest()),
                uri.map(key -> ChangeMessages.shaped("CHG-BUNDLE-URI", "bundleUri", ChangeMessages.KEY, key)),
                inline,
                ChangeMessages.shaped("CHG-COMMIT", "commit", ChangeMessages.COMMIT, event.getCommit()),
                ChangeMessages.shaped("CHG-REQUESTER", "requester", ChangeMessages.NAME, event.getRequester()),
                Parts.selector(event.getSelector()));
    }

    private static FleetFact.StopOrdered stop(FleetStopOrdered event) {
        if (!REASON.matcher(event.getReason()).matches()) {
            throw Parts.malformed("FLT-REASON", "reason", "at most 1000 characters in one line", event.getReason());
        }
        return new FleetFact.StopOrdered(
                new FleetId(event.getFleetId()),
                ChangeMessages.shaped("FLT-BY", "by", ChangeMessages.NAME, event.getBy()),
                event.getReason());
    }

    public static FleetStatusChanged of(FleetStatus s) {
        return new FleetStatusChanged(
                s.id().value(),
                s.fleet(),
                s.sequence(),
                dev.migrator.events.v1.FleetState.valueOf(s.state().name()),
                s.commit(),
                s.requester(),
                s.bundleDigest().toString(),
                s.bundleUri().orElse(null),
                Parts.text(s.selector()),
                s.bake().toString(),
                s.wave(),
                s.waves(),
                millis(s.bakesUntil()),
                s.members().stream().map(FleetMessages::of).toList(),
                s.stoppedBy().orElse(null),
                Parts.ofProblems(s.problems()),
                s.updatedAt().truncatedTo(ChronoUnit.MILLIS));
    }

    public static FleetStatus status(FleetStatusChanged s) {
        return new FleetStatus(
                new FleetId(s.getFleetId()),
                s.getFleet(),
                s.getSequence(),
                Parts.symbol(FleetState.class, "state", s.getState()),
                s.getCommit(),
                s.getRequester(),
                Parts.digest("bundleDigest", s.getBundleDigest()),
                Optional.ofNullable(s.getBundleUri()),
                Parts.selector(s.getSelector()),
                Grace.parse(s.getBake()),
                s.getWave(),
                s.getWaves(),
                Optional.ofNullable(s.getBakesUntil()),
                s.getEnvironments().stream().map(FleetMessages::member).toList(),
                Optional.ofNullable(s.getStoppedBy()),
                Parts.problems(s.getProblems()),
                s.getUpdatedAt());
    }

    private static dev.migrator.events.v1.FleetMember of(FleetMember m) {
        return new dev.migrator.events.v1.FleetMember(
                m.environment(),
                m.wave(),
                m.migration().value(),
                m.state()
                        .map(state -> dev.migrator.events.v1.MigrationState.valueOf(state.name()))
                        .orElse(null),
                Parts.text(m.planDigest()),
                m.waitsFor(),
                m.problem().map(Parts::of).orElse(null),
                millis(m.since()));
    }

    private static FleetMember member(dev.migrator.events.v1.FleetMember m) {
        return new FleetMember(
                m.getEnvironment(),
                m.getWave(),
                Parts.id(m.getMigrationId()),
                Optional.ofNullable(m.getState())
                        .map(state -> Parts.symbol(MigrationState.class, "environments.state", state)),
                Parts.digestOrNone("environments.planDigest", m.getPlanDigest()),
                m.getWaitsFor(),
                Optional.ofNullable(m.getProblem()).map(Parts::problem),
                Optional.ofNullable(m.getSince()));
    }

    private static Instant millis(Optional<Instant> time) {
        return time.map(found -> found.truncatedTo(ChronoUnit.MILLIS)).orElse(null);
    }
}
