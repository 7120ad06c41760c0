package dev.migrator.core.fleet;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.environment.Fleet;
import dev.migrator.core.environment.Grace;
import dev.migrator.core.error.Problem;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that is known of one run of a fleet. An order to stop may come before the request; then there is nothing else.
 *
 * @param waves as they were when the request was accepted: editing the file does not change a run under way
 * @param begun number of waves that have begun
 * @param children by environment; of waves that have not begun only those that somebody else has asked for
 * @param goodSince since when all of the newest wave is good, empty while it is not
 * @param ended how and when it ended
 * @param refusal why it was rejected
 * @param shown what was published last
 */
public record FleetRun(
        FleetId id,
        Optional<FleetRequest> request,
        List<List<String>> waves,
        Grace bake,
        int begun,
        SortedMap<String, Child> children,
        Optional<Instant> goodSince,
        Optional<Stop> stop,
        Optional<Ended> ended,
        Optional<Problem> refusal,
        Optional<Shown> shown) {

    record Ended(FleetState state, Instant at) {}

    /**
     * @param content digest of all that people see, but for number and time
     * @param stale present if something has changed since, which the next tick looks at
     */
    record Shown(long sequence, FleetState state, int wave, Digest content, Optional<Boolean> stale) {
        Shown stale(boolean now) {
            return new Shown(sequence, state, wave, content, now ? Optional.of(true) : Optional.empty());
        }

        boolean isStale() {
            return stale.orElse(false);
        }
    }

    public FleetRun {
        waves = waves.stream().map(List::copyOf).toList();
        children = Collections.unmodifiableSortedMap(new TreeMap<>(children));
    }

    /** Nothing is known. */
    public static FleetRun none(FleetId id) {
        return new FleetRun(
                id,
                Optional.empty(),
                List.of(),
                Fleet.NO_BAKE,
                0,
                Collections.emptySortedMap(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    public boolean isEmpty() {
        return equals(none(id));
    }

    /** Whether nothing more happens by itself. */
    public boolean isEnded() {
        return ended.isPresent();
    }

    /** Whether only an order to stop is known, which came before its run. */
    public boolean isOnlyStop() {
        return request.isEmpty() && stop.isPresent();
    }

    /** Environments of the waves that have begun, in order. */
    List<String> asked() {
        return waves.stream().limit(begun).flatMap(List::stream).toList();
    }

    Child child(String environment) {
        return children.getOrDefault(environment, Child.NONE);
    }

    boolean has(String environment) {
        return waves.stream().anyMatch(wave -> wave.contains(environment));
    }

    boolean isLastWave() {
        return begun == waves.size();
    }

    /** Whether all of the waves that have begun are good; so also before the first. */
    boolean isGood() {
        return asked().stream().allMatch(environment -> child(environment).isGood());
    }

    boolean isAnyUnderWay() {
        return asked().stream().anyMatch(environment -> child(environment).isUnderWay());
    }

    /** When the next wave begins, empty while the newest one is not good or is the last. */
    Optional<Instant> bakesUntil() {
        return begun == 0 || isLastWave() ? Optional.empty() : goodSince.map(bake::after);
    }

    FleetState state() {
        if (ended.isPresent()) {
            return ended.get().state();
        }
        if (stop.isPresent()) {
            return FleetState.STOPPING;
        }
        return bakesUntil().isPresent() ? FleetState.BAKING : FleetState.RUNNING;
    }

    FleetRun accepted(FleetRequest newRequest, Fleet fleet) {
        return new FleetRun(
                id,
                Optional.of(newRequest),
                fleet.waves(),
                fleet.bake(),
                begun,
                children,
                goodSince,
                stop,
                ended,
                refusal,
                shown);
    }

    FleetRun rejected(FleetRequest newRequest, Problem why, Instant at) {
        return new FleetRun(
                id,
                Optional.of(newRequest),
                waves,
                bake,
                begun,
                children,
                goodSince,
                stop,
                Optional.of(new Ended(FleetState.REJECTED, at)),
                Optional.of(why),
                shown);
    }

    FleetRun with(String environment, Child child) {
        var changed = new TreeMap<>(children);
        changed.put(environment, child);
        return new FleetRun(id, request, waves, bake, begun, changed, goodSince, stop, ended, refusal, shown);
    }

    FleetRun beginning() {
        return new FleetRun(
                id, request, waves, bake, begun + 1, children, Optional.empty(), stop, ended, refusal, shown);
    }

    FleetRun good(Instant since) {
        return new FleetRun(id, request, waves, bake, begun, children, Optional.of(since), stop, ended, refusal, shown);
    }

    FleetRun stopping(Stop order) {
        return new FleetRun(
                id, request, waves, bake, begun, children, goodSince, Optional.of(order), ended, refusal, shown);
    }

    FleetRun ending(FleetState state, Instant at) {
        return new FleetRun(
                id,
                request,
                waves,
                bake,
                begun,
                children,
                goodSince,
                stop,
                Optional.of(new Ended(state, at)),
                refusal,
                shown);
    }

    FleetRun showing(Shown status) {
        return new FleetRun(
                id, request, waves, bake, begun, children, goodSince, stop, ended, refusal, Optional.of(status));
    }
}
