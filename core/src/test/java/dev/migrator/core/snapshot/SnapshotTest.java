package dev.migrator.core.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SnapshotTest {
    private final Snapshots bucket = new Snapshots();

    @Test
    void aChunkIsLinesOfJsonThatAnybodyCanRead() {
        var lines = new ArrayList<String>();
        var writer = new ChunkWriter(
                ChunkRules.STANDARD, chunk -> lines.add(new String(chunk.canonical(), StandardCharsets.UTF_8)));
        writer.add(new SnapshotEntry(Snapshots.topic("orders"), Snapshots.retention("7")));
        writer.add(new SnapshotEntry(Snapshots.topic("refunds"), EntryState.ABSENT));
        writer.finish();

        assertThat(lines).containsExactly("""
                {"key":["kafka","topic","orders"],"state":{"fields":{"config.retention.ms":"7"},"incarnation":"id","is":"present"}}
                {"key":["kafka","topic","refunds"],"state":{"is":"absent"}}
                """);
    }

    @Test
    void aWriteOnlyFieldIsNeverKeptWhateverATargetShows() {
        var shown = Content.of(Map.of("secret.password", Value.of("hunter2"), "config.x", Value.of("1")));
        var snapshot = bucket.take(new TreeMap<>(Map.of(
                Snapshots.topic("a"),
                new EntryState.Present(shown, ""),
                Snapshots.topic("b"),
                new EntryState.Retired(shown, ""))));

        assertThat(Snapshots.all(snapshot).values())
                .allSatisfy(state ->
                        assertThat(States.content(state).fields().keySet()).containsExactly("config.x"));
    }

    @Test
    void keysThatDoNotAscendAreRefused() {
        var writer = new ChunkWriter(ChunkRules.STANDARD, _ -> {});
        writer.add(new SnapshotEntry(Snapshots.topic("b"), EntryState.ABSENT));

        assertThatThrownBy(() -> writer.add(new SnapshotEntry(Snapshots.topic("b"), EntryState.ABSENT)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> writer.add(new SnapshotEntry(Snapshots.topic("a"), EntryState.ABSENT)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void oneTopicMoreAmongTenThousandChangesFewChunks() {
        var topics = Snapshots.topics(10_000);
        var before = bucket.take(topics);
        topics.put(Snapshots.topic("topic-5000-and-a-half"), Snapshots.retention("1"));
        var after = bucket.take(topics);

        assertThat(after.manifest().contents().chunks().stream()
                        .filter(chunk -> !before.holds(chunk.digest()))
                        .count())
                .isLessThanOrEqualTo(3);
    }

    @Test
    void aLargeEntryEndsItsChunk() {
        var topics = new TreeMap<>(Snapshots.topics(4));
        topics.replaceAll((_, _) -> Snapshots.retention("x".repeat(3_000)));

        assertThat(bucket.take(topics).manifest().contents().chunks()).hasSize(4);
    }

    @Test
    void onlyChunksThatDifferAreOpenedForADifference() {
        var topics = Snapshots.topics(1_000);
        var before = bucket.take(topics);
        topics.put(Snapshots.topic("topic-500"), Snapshots.retention("other"));
        var after = bucket.take(topics);
        var found = new ArrayList<EntryDifference>();

        SnapshotDiff.between(before, after, found::add);

        assertThat(found).singleElement().satisfies(difference -> {
            assertThat(difference.change()).isEqualTo(EntryDifference.Change.CHANGED);
            assertThat(difference.fields()).containsExactly("config.retention.ms");
        });
        assertThat(bucket.opened).hasSize(2);
    }

    @Test
    void whatOnlyOneOfTwoSnapshotsSpeaksOfIsNotSaidToBeAddedOrRemoved() {
        var topics = Snapshots.topics(2);
        var whole = bucket.take(topics);
        var ofPlan = bucket.take(new TreeMap<>(topics.headMap(Snapshots.topic("topic-1"))), Snapshots.plan());
        var found = new ArrayList<EntryDifference.Change>();

        SnapshotDiff.between(whole, ofPlan, difference -> found.add(difference.change()));
        SnapshotDiff.between(ofPlan, whole, difference -> found.add(difference.change()));

        assertThat(found).containsExactly(EntryDifference.Change.ONLY_BEFORE, EntryDifference.Change.ONLY_AFTER);
    }

    @Test
    void aListingThatWasRefusedSaysNothingAboutWhatIsNotThere() {
        var refused = new Coverage.OfTargets(
                "r",
                "",
                List.of(new Coverage.Target(
                        "kafka", List.of(new Coverage.Listed("topic", Optional.of("TGT-REFUSED"))))));

        assertThat(refused.isWhole(Snapshots.topic("a"))).isFalse();
        assertThat(refused.isComplete()).isFalse();
        assertThat(Snapshots.wholeTargets().isWhole(Snapshots.topic("a"))).isTrue();
        assertThat(bucket.take(new TreeMap<>(), refused).manifest().covers()).isEqualTo(refused);
    }

    @Test
    void anEntrysHistoryTellsWhereItChangedAndOpensSharedChunksOnce() {
        var key = Snapshots.topic("topic-7");
        var topics = Snapshots.topics(300);
        var history = new EntryHistory(key);
        var told = new ArrayList<Optional<EntryState>>();
        for (String millis : new String[] {"1", "1", "2", "-", "-", "1"}) {
            if (millis.equals("-")) {
                topics.remove(key);
            } else {
                topics.put(key, Snapshots.retention(millis));
            }
            told.add(history.next(bucket.take(topics)));
        }
        told.add(history.next(bucket.take(new TreeMap<>(), Snapshots.plan())));

        assertThat(told)
                .containsExactly(
                        Optional.of(Snapshots.retention("1")),
                        Optional.empty(),
                        Optional.of(Snapshots.retention("2")),
                        Optional.of(EntryState.ABSENT),
                        Optional.empty(),
                        Optional.of(Snapshots.retention("1")),
                        Optional.empty());
        assertThat(bucket.opened.values()).allMatch(times -> times == 1);
    }

    @Test
    void aChunkOfAnotherSnapshotUnderItsOwnNameIsForeign() {
        var snapshot = bucket.take(Snapshots.topics(100));
        var other = new TreeMap<>(Snapshots.topics(100));
        other.put(Snapshots.topic("a-first"), EntryState.ABSENT);
        var foreign = bucket.take(other).manifest().contents().chunks().getFirst();
        var place = snapshot.manifest().contents().chunks().getFirst();
        bucket.stored.put(place.digest(), bucket.stored.get(foreign.digest()));

        assertThat(snapshot.verify(_ -> {})).singleElement().satisfies(problem -> {
            assertThat(problem.thing()).contains(place.digest().hex());
            assertThat(problem.code()).startsWith("SNP-CHUNK-");
        });
    }

    @Test
    void aManifestThatNamesAnotherChunkIsRefused() {
        var text = manifest();
        var digest = bucket.take(Snapshots.topics(100))
                .manifest()
                .contents()
                .chunks()
                .getFirst()
                .digest();

        assertRefused(text.replace(digest.hex(), Digest.ofText("other").hex()), "SNP-ROOT");
    }

    @Test
    void aManifestWithOtherNumbersIsRefused() {
        assertRefused(manifest().replace("\"entries\":100", "\"entries\":99"), "SNP-COUNTS");
        assertRefused(manifest().replace("\"topic\":100", "\"topic\":101"), "SNP-COUNTS");
    }

    @Test
    void countsOfOtherThingsThanAreInTheChunksAreFoundAndNamed() {
        var snapshot = bucket.reader(ManifestCodec.read(
                manifest().replace("\"topic\":100", "\"tapic\":100").getBytes(StandardCharsets.UTF_8)));

        assertThat(snapshot.verify(_ -> {})).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("SNP-COUNTS");
            assertThat(problem.thing()).isEqualTo("counts of the manifest");
        });
    }

    @Test
    void chunksOfAManifestInAnotherOrderAreRefused() {
        var manifest = (Value.Obj) CanonicalJson.parse(manifest());
        var turned = new TreeMap<>(manifest.fields());
        turned.put(
                "chunks",
                Value.array(((Value.Arr) manifest.get("chunks")).items().reversed()));

        assertRefused(CanonicalJson.text(Value.object(turned)), "SNP-ORDER");
    }

    @Test
    void aManifestTellsWhereEachSourceWasBeforeAndAfterItWasRead() {
        var manifest = bucket.take(Snapshots.topics(3)).manifest();

        assertThat(manifest.readings()).isEqualTo(Map.of("kafka", Snapshots.READING));
        assertThat(Snapshots.READING.moved()).hasValue(true);
    }

    @Test
    void anOlderManifestThatTellsNoPositionIsReadAndKeepsItsBytes() {
        var told = (Value.Obj) CanonicalJson.parse(manifest());
        var fields = new TreeMap<>(told.fields());
        fields.remove("readings");
        var older = CanonicalJson.bytes(Value.object(fields));

        assertThat(ManifestCodec.read(older).readings()).isEmpty();
        assertThat(ManifestCodec.bytes(ManifestCodec.read(older))).isEqualTo(older);
    }

    @Test
    void whetherASourceMovedIsUnknownWhereItToldNoPosition() {
        var from = Snapshots.READING.from();
        var position = Optional.of("offset 7");

        assertThat(new SourceReading(from, from, position, position).moved()).hasValue(false);
        assertThat(new SourceReading(from, from, position, Optional.empty()).moved())
                .isEmpty();
        assertThat(new SourceReading(from, from, Optional.empty(), position).moved())
                .isEmpty();
        for (var wrong : List.of("", " ", "x".repeat(SourceReading.MOST_POSITION + 1))) {
            assertThatThrownBy(() -> new SourceReading(from, from, Optional.of(wrong), position))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertRefused(manifest().replace("offset 7", "x".repeat(301)), "SNP-FORMAT");
    }

    @Test
    void otherBytesAreNoManifest() {
        for (var other : new String[] {"", "[]", "{}", "{\"format\":1}", "{\"format\":2}", "not json"}) {
            assertRefused(other, "SNP-FORMAT");
        }
        assertRefused(manifest().substring(0, 200), "SNP-FORMAT");
    }

    @Test
    void aChunkThatExpandsToMoreThanItsSizeFillsNoMemory() {
        var snapshot = bucket.take(Snapshots.topics(20));
        var chunk = snapshot.manifest().contents().chunks().getFirst();
        bucket.stored.put(chunk.digest(), Gzip.compress(new byte[10_000_000]));

        assertThat(snapshot.verify(_ -> {}))
                .singleElement()
                .satisfies(problem -> assertThat(problem.code()).isEqualTo("SNP-CHUNK-ALTERED"));
    }

    private String manifest() {
        return new String(ManifestCodec.bytes(bucket.take(Snapshots.topics(100)).manifest()), StandardCharsets.UTF_8);
    }

    private static void assertRefused(String manifest, String code) {
        assertThatThrownBy(() -> ManifestCodec.read(manifest.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(code));
    }
}
