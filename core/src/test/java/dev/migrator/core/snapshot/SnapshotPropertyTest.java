package dev.migrator.core.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import dev.migrator.core.plan.StateHash;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class SnapshotPropertyTest {
    private final Snapshots bucket = new Snapshots();

    @Provide
    Arbitrary<SortedMap<EntryKey, EntryState>> entries() {
        return Snapshots.entries();
    }

    @Provide
    Arbitrary<EntryKey> keys() {
        return Snapshots.keys();
    }

    @Property(tries = 200)
    void whatIsReadBackIsWhatWasTaken(@ForAll("entries") SortedMap<EntryKey, EntryState> entries) {
        var snapshot = bucket.take(entries);

        assertThat(Snapshots.all(snapshot)).isEqualTo(entries);
        assertThat(snapshot.verify(_ -> {})).isEmpty();
        assertThat(snapshot.manifest().contents().entries()).isEqualTo(entries.size());
        snapshot.manifest()
                .contents()
                .chunks()
                .forEach(chunk -> assertThat(chunk.entries()).isLessThanOrEqualTo(Snapshots.SMALL.most()));
    }

    @Property(tries = 100)
    void theSameEntriesHaveTheSameRootAndOthersAnother(
            @ForAll("entries") SortedMap<EntryKey, EntryState> entries,
            @ForAll("entries") SortedMap<EntryKey, EntryState> others) {
        var root = bucket.take(entries).manifest().root();

        assertThat(bucket.take(new TreeMap<>(entries), Snapshots.plan())
                        .manifest()
                        .root())
                .isEqualTo(root);
        assertThat(bucket.take(others).manifest().root().equals(root)).isEqualTo(entries.equals(others));
    }

    @Property(tries = 100)
    void anotherValueOfOneEntryChangesOneChunk(
            @ForAll("entries") SortedMap<EntryKey, EntryState> entries, @ForAll @IntRange(max = 1_000) int which) {
        Assume.that(!entries.isEmpty());
        var key = new ArrayList<>(entries.keySet()).get(which % entries.size());
        var changed = new TreeMap<>(entries);
        changed.put(key, new EntryState.Present(Content.of("changed", Value.of("now")), "x"));
        Assume.that(!changed.equals(entries));

        assertThat(unshared(bucket.take(entries), bucket.take(changed))).hasSize(1);
    }

    @Property(tries = 100)
    void oneEntryMoreLeavesChunksOnBothSidesOfItAsTheyAre(
            @ForAll("entries") SortedMap<EntryKey, EntryState> entries, @ForAll("keys") EntryKey added) {
        var more = new TreeMap<>(entries);
        more.put(added, EntryState.ABSENT);
        var before = bucket.take(entries);
        var unshared = new TreeSet<>(unshared(before, bucket.take(more)));

        var chunks = before.manifest().contents().chunks();
        chunks.stream()
                .filter(chunk -> chunk.last().compareTo(added) < 0 && !chunk.equals(chunks.getLast()))
                .forEach(chunk -> assertThat(unshared).doesNotContain(chunk.digest()));
    }

    @Property(tries = 200)
    void aFlippedBitIsFoundAndNamedOrChangesNothingThatIsRead(
            @ForAll("entries") SortedMap<EntryKey, EntryState> entries,
            @ForAll @IntRange(max = 1_000_000) int chunkNumber,
            @ForAll @IntRange(max = 1_000_000) int position,
            @ForAll @IntRange(max = 7) int bit) {
        Assume.that(!entries.isEmpty());
        var snapshot = bucket.take(entries);
        var chunk = any(snapshot, chunkNumber);
        var bytes = bucket.stored.get(chunk.digest()).clone();
        bytes[position % bytes.length] ^= (byte) (1 << bit);
        bucket.stored.put(chunk.digest(), bytes);

        // a few bits of gzip's frame mean nothing: its time, its padding
        var problems = snapshot.verify(_ -> {});
        if (problems.isEmpty()) {
            assertThat(Snapshots.all(snapshot)).isEqualTo(entries);
        } else {
            assertThat(problems).singleElement().satisfies(problem -> {
                assertThat(problem.code()).startsWith("SNP-CHUNK-");
                assertThat(problem.thing()).contains(chunk.digest().hex());
            });
        }
    }

    @Property(tries = 100)
    void aChunkThatEndsEarlyIsFoundAndNamed(
            @ForAll("entries") SortedMap<EntryKey, EntryState> entries,
            @ForAll @IntRange(max = 1_000_000) int chunkNumber,
            @ForAll @IntRange(max = 1_000_000) int length) {
        Assume.that(!entries.isEmpty());
        var snapshot = bucket.take(entries);
        var chunk = any(snapshot, chunkNumber);
        var bytes = bucket.stored.get(chunk.digest());
        bucket.stored.put(chunk.digest(), java.util.Arrays.copyOf(bytes, length % bytes.length));

        assertThat(codes(snapshot)).containsExactly("SNP-CHUNK-TRUNCATED");
    }

    @Property(tries = 100)
    void aChunkThatIsGoneIsFoundAndNamed(
            @ForAll("entries") SortedMap<EntryKey, EntryState> entries, @ForAll @IntRange(max = 1_000) int number) {
        Assume.that(!entries.isEmpty());
        var snapshot = bucket.take(entries);
        bucket.stored.remove(any(snapshot, number).digest());

        assertThat(codes(snapshot)).containsExactly("SNP-CHUNK-MISSING");
    }

    @Property(tries = 100)
    void chunksInEachOthersPlacesAreBothFound(
            @ForAll("entries") SortedMap<EntryKey, EntryState> entries, @ForAll @IntRange(max = 1_000) int number) {
        var snapshot = bucket.take(entries);
        Assume.that(snapshot.manifest().contents().chunks().size() > 1);
        var one = any(snapshot, number).digest();
        var other = any(snapshot, number + 1).digest();
        var bytes = bucket.stored.get(one);
        bucket.stored.put(one, bucket.stored.get(other));
        bucket.stored.put(other, bytes);

        // the smaller place does not take the larger chunk to its end: what is read of it is no chunk at all
        assertThat(codes(snapshot))
                .hasSize(2)
                .contains("SNP-CHUNK-FOREIGN")
                .allMatch(code -> code.startsWith("SNP-CHUNK-"));
    }

    @Property(tries = 100)
    void aDifferenceIsFoundExactlyWhereThereIsOne(
            @ForAll("entries") SortedMap<EntryKey, EntryState> was,
            @ForAll("entries") SortedMap<EntryKey, EntryState> is) {
        var found = new ArrayList<EntryDifference>();
        SnapshotDiff.between(bucket.take(was), bucket.take(is), found::add);

        var keys = new TreeSet<>(was.keySet());
        keys.addAll(is.keySet());
        keys.removeIf(key -> was.getOrDefault(key, EntryState.ABSENT).equals(is.getOrDefault(key, EntryState.ABSENT)));
        assertThat(found.stream().map(EntryDifference::key)).containsExactlyElementsOf(keys);
    }

    @Property(tries = 100)
    void aRangeIsThePartOfTheWhole(
            @ForAll("entries") SortedMap<EntryKey, EntryState> entries,
            @ForAll("keys") EntryKey one,
            @ForAll("keys") EntryKey other) {
        var from = one.compareTo(other) <= 0 ? one : other;
        var to = one.compareTo(other) <= 0 ? other : one;
        var expected = new TreeMap<>(entries.tailMap(from));
        expected.keySet().removeIf(key -> key.compareTo(to) > 0);
        var found = new TreeMap<EntryKey, EntryState>();

        var snapshot = bucket.take(entries);
        snapshot.range(from, to, entry -> found.put(entry.key(), entry.state()));

        assertThat(found).isEqualTo(expected);
        assertThat(snapshot.find(expected.keySet())).isEqualTo(expected);
    }

    @Property(tries = 100)
    void theStateHashOfAStreamIsThatOfTheWhole(
            @ForAll("entries") SortedMap<EntryKey, EntryState> states,
            @ForAll("entries") SortedMap<EntryKey, EntryState> asked) {
        var pairs = new TreeMap<EntryKey, SortedSet<String>>();
        asked.forEach((key, state) ->
                pairs.put(key, new TreeSet<>(States.content(state).fields().keySet())));
        states.keySet().stream().limit(20).forEach(key -> pairs.put(key, new TreeSet<>(List.of("a", "b"))));
        var running = new StateHash.Running(pairs);
        states.forEach(running::add);

        assertThat(running.finish()).isEqualTo(StateHash.of(pairs, new HashMap<>(states)));
    }

    private List<String> codes(SnapshotReader snapshot) {
        return snapshot.verify(_ -> {}).stream().map(problem -> problem.code()).toList();
    }

    private static ChunkRef any(SnapshotReader snapshot, int number) {
        var chunks = snapshot.manifest().contents().chunks();
        return chunks.get(number % chunks.size());
    }

    /** Chunks of the first that the second does not have. */
    private static List<Digest> unshared(SnapshotReader first, SnapshotReader second) {
        return first.manifest().contents().chunks().stream()
                .map(ChunkRef::digest)
                .filter(digest -> !second.holds(digest))
                .toList();
    }
}
