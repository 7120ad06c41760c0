package dev.migrator.core.lifecycle;

import dev.migrator.core.plan.Claim;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * What the migrations of one environment share: their order, who holds which scope, and what is held after rollbacks.
 * Ended migrations leave it; they are remembered by their own {@link Facts}.
 *
 * @param nextArrival number that the next request gets, from 1
 * @param members live migrations
 * @param holds changes of rolled-back migrations, by migration
 * @param early ids known by early facts only
 * @param rehearsing the migration whose plan is being rehearsed: there is one place for it, and the others wait
 * @param drilled the last drill that says something; empty before the first
 */
public record EnvironmentState(
        String name,
        long nextArrival,
        SortedMap<MigrationId, Member> members,
        SortedMap<MigrationId, Hold> holds,
        SortedSet<MigrationId> early,
        Optional<MigrationId> rehearsing,
        Optional<Drilled> drilled) {
    public enum Place {
        /** Gathers plan, snapshot and approvals. */
        PREPARING,
        /** Ready; waits for its turn. */
        QUEUED,
        /** Holds its scope. */
        HOLDING
    }

    /**
     * @param arrival order of the requests in this environment
     * @param scope claims of the current plan
     * @param changes of the current plan
     * @param undoes changes of an earlier migration that the current plan takes back
     */
    public record Member(
            long arrival, Place place, List<Claim> scope, Fingerprints changes, Optional<Fingerprints> undoes) {
        public Member {
            scope = List.copyOf(scope);
        }
    }

    /**
     * What a drill said, as the checklist needs it.
     *
     * @param evidence what came of it, in a line: where it lies, and its digest
     * @param why it failed; empty if it passed
     * @param kept what lies there; empty if nothing could be kept, and of a drill that an older version has heard of
     */
    public record Drilled(Instant at, String evidence, Optional<String> why, Optional<StoredObject> kept) {}

    /** Changes that may not be made again until {@code by} is released. */
    public record Hold(Fingerprints changes, Instant since) {}

    public EnvironmentState {
        members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
        holds = Collections.unmodifiableSortedMap(new TreeMap<>(holds));
        early = Collections.unmodifiableSortedSet(new TreeSet<>(early));
    }

    /** Where nothing is being rehearsed, nor was drilled. */
    public EnvironmentState(
            String name,
            long nextArrival,
            SortedMap<MigrationId, Member> members,
            SortedMap<MigrationId, Hold> holds,
            SortedSet<MigrationId> early) {
        this(name, nextArrival, members, holds, early, Optional.empty(), Optional.empty());
    }

    public static EnvironmentState empty(String name) {
        return new EnvironmentState(
                name, 1, Collections.emptySortedMap(), Collections.emptySortedMap(), Collections.emptySortedSet());
    }

    /** Ids that a tick may do something for: live migrations, and those known by early facts only. Ascending. */
    public SortedSet<MigrationId> ticking() {
        var ids = new TreeSet<>(members.keySet());
        ids.addAll(early);
        return ids;
    }

    Place placeOf(MigrationId id) {
        var member = members.get(id);
        return member == null ? Place.PREPARING : member.place();
    }

    EnvironmentState joined(MigrationId id) {
        var more = new TreeMap<>(members);
        more.put(id, new Member(nextArrival, Place.PREPARING, List.of(), Fingerprints.NONE, Optional.empty()));
        return new EnvironmentState(name, nextArrival + 1, more, holds, early, rehearsing, drilled);
    }

    EnvironmentState left(MigrationId id) {
        if (!members.containsKey(id)) {
            return this;
        }
        var fewer = new TreeMap<>(members);
        fewer.remove(id);
        return new EnvironmentState(
                name, nextArrival, fewer, holds, early, rehearsing.filter(other -> !other.equals(id)), drilled);
    }

    EnvironmentState changing(MigrationId id, UnaryOperator<Member> change) {
        var changed = new TreeMap<>(members);
        changed.computeIfPresent(id, (_, member) -> change.apply(member));
        return new EnvironmentState(name, nextArrival, changed, holds, early, rehearsing, drilled);
    }

    EnvironmentState at(MigrationId id, Place place) {
        return changing(
                id, member -> new Member(member.arrival(), place, member.scope(), member.changes(), member.undoes()));
    }

    EnvironmentState planned(MigrationId id, List<Claim> scope, Fingerprints changes, Optional<Fingerprints> undoes) {
        return changing(id, member -> new Member(member.arrival(), member.place(), scope, changes, undoes));
    }

    EnvironmentState holding(MigrationId id, Hold hold) {
        var more = new TreeMap<>(holds);
        more.put(id, hold);
        return new EnvironmentState(name, nextArrival, members, more, early, rehearsing, drilled);
    }

    EnvironmentState released(MigrationId id) {
        var fewer = new TreeMap<>(holds);
        fewer.remove(id);
        return new EnvironmentState(name, nextArrival, members, fewer, early, rehearsing, drilled);
    }

    EnvironmentState rehearsing(MigrationId id) {
        return new EnvironmentState(name, nextArrival, members, holds, early, Optional.of(id), drilled);
    }

    /** That one's rehearsal has come to its end. */
    EnvironmentState rehearsed(MigrationId id) {
        return new EnvironmentState(
                name, nextArrival, members, holds, early, rehearsing.filter(other -> !other.equals(id)), drilled);
    }

    EnvironmentState drilled(Drilled last) {
        return new EnvironmentState(name, nextArrival, members, holds, early, rehearsing, Optional.of(last));
    }

    EnvironmentState withEarly(MigrationId id) {
        var more = new TreeSet<>(early);
        more.add(id);
        return new EnvironmentState(name, nextArrival, members, holds, more, rehearsing, drilled);
    }

    EnvironmentState withoutEarly(MigrationId id) {
        if (!early.contains(id)) {
            return this;
        }
        var fewer = new TreeSet<>(early);
        fewer.remove(id);
        return new EnvironmentState(name, nextArrival, members, holds, fewer, rehearsing, drilled);
    }
}
