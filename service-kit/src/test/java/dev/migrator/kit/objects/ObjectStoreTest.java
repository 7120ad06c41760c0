package dev.migrator.kit.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.kit.Servers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObjectStoreTest {
    private static final byte[] ONE = "one".getBytes(StandardCharsets.UTF_8);
    private static final byte[] TWO = "two".getBytes(StandardCharsets.UTF_8);

    private final MinioObjectStore store = Servers.objects();
    private final String key = "commit/" + UUID.randomUUID() + "/plan.json";

    @TempDir
    Path folder;

    @Test
    void whatWasPutIsGotWithItsDigest() {
        assertThat(store.exists(key)).isFalse();
        Digest digest = store.put(key, ONE);
        assertThat(digest).isEqualTo(Digest.of(ONE));
        assertThat(store.exists(key)).isTrue();
        assertThat(store.get(key, digest)).isEqualTo(ONE);
    }

    @Test
    void theSameBytesMayBePutAgainAndOthersNever() {
        store.put(key, ONE);
        store.put(key, ONE);
        assertCode("OBJ-OVERWRITE", () -> store.put(key, TWO));
        assertThat(store.get(key, Digest.of(ONE))).isEqualTo(ONE);
    }

    @Test
    void otherBytesThanExpectedAreNotHandedOut() {
        store.put(key, ONE);
        assertCode("OBJ-DIGEST", () -> store.get(key, Digest.of(TWO)));
    }

    @Test
    void nothingThereIsToldFromAStoreThatIsAway() {
        assertCode("OBJ-MISSING", () -> store.get(key, Digest.of(ONE)));
        var away = new MinioObjectStore("http://127.0.0.1:9", "migrator", "a", "b", Optional.empty());
        assertThatThrownBy(() -> away.get(key, Digest.of(ONE))).isInstanceOf(ObjectStoreUnavailable.class);
        assertThatThrownBy(() -> away.put(key, ONE)).isInstanceOf(ObjectStoreUnavailable.class);
        assertThatThrownBy(() -> away.exists(key)).isInstanceOf(ObjectStoreUnavailable.class);
        assertThatThrownBy(away::probe).isInstanceOf(ObjectStoreUnavailable.class);
    }

    @Test
    void wrongKeysToTheStoreCountAsAwayAndNotAsMissing() {
        var wrong =
                new MinioObjectStore(Servers.objectsEndpoint(), "migrator", "wrong", "wrong-secret", Optional.empty());
        assertThatThrownBy(() -> wrong.get(key, Digest.of(ONE))).isInstanceOf(ObjectStoreUnavailable.class);
        assertThatThrownBy(() -> wrong.exists(key)).isInstanceOf(ObjectStoreUnavailable.class);
        assertThatThrownBy(wrong::probe).isInstanceOf(ObjectStoreUnavailable.class);
    }

    @Test
    void objectsOfAFolderAreListedByTheirKeysAndNoOthers() {
        var folder = "commit/" + UUID.randomUUID() + "/";
        assertThat(store.list(folder, 10)).isEmpty();
        for (var name : new String[] {"c", "a", "b/d"}) {
            store.put(folder + name, ONE);
        }
        store.put(folder.substring(0, folder.length() - 1) + "-other/x", ONE);

        assertThat(store.list(folder, 10)).containsExactly(folder + "a", folder + "b/d", folder + "c");
        assertThat(store.list(folder, 2)).containsExactly(folder + "a", folder + "b/d");
        assertCode("OBJ-KEY", () -> store.list("a/../", 10));
        var away = new MinioObjectStore("http://127.0.0.1:9", "migrator", "a", "b", Optional.empty());
        assertThatThrownBy(() -> away.list(folder, 10)).isInstanceOf(ObjectStoreUnavailable.class);
    }

    @Test
    void allObjectsOfAFolderAreListedAndWhatIsRemovedIsGone() {
        var folder = "commit/" + UUID.randomUUID() + "/";
        // more than the store tells in one answer
        java.util.stream.IntStream.range(10_000, 11_005).parallel().forEach(number -> store.put(folder + number, ONE));
        store.remove(folder + "10003");
        store.remove(folder + "never-was");

        var keys = new java.util.ArrayList<String>();
        store.each(folder, listed -> {
            keys.add(listed.key());
            assertThat(listed.writtenAt()).isAfter(java.time.Instant.now().minusSeconds(3_600));
        });
        assertThat(keys).hasSize(1_004).isSorted().doesNotContain(folder + "10003");
        assertThat(store.find(folder + "10003")).isEmpty();
        assertThat(store.find(folder + "10004")).hasValue(ONE);
        var away = new MinioObjectStore("http://127.0.0.1:9", "migrator", "a", "b", Optional.empty());
        assertThatThrownBy(() -> away.each(folder, _ -> {})).isInstanceOf(ObjectStoreUnavailable.class);
        assertThatThrownBy(() -> away.remove(key)).isInstanceOf(ObjectStoreUnavailable.class);
        assertThatThrownBy(() -> away.find(key)).isInstanceOf(ObjectStoreUnavailable.class);
    }

    @Test
    void theStoreAnswersItsProbe() {
        store.probe();
        assertThat(store.exists(key)).isFalse();
    }

    /** S3Proxy knows neither question. */
    @Test
    void theServerOfTheLocalStackDoesNotTell() {
        assertThat(store.protection()).isEqualTo(BucketProtection.UNKNOWN);
        store.put(key, ONE);
        assertThat(store.removeUnlessLocked(key)).isTrue();
        assertThat(store.exists(key)).isFalse();
    }

    @Test
    void keysThatLeadElsewhereAreRefused() {
        for (String bad : new String[] {"", "/a", "a//b", "a/../b", "..", "a/.", "a b", "x".repeat(901)}) {
            assertCode("OBJ-KEY", () -> store.put(bad, ONE));
            assertCode("OBJ-KEY", () -> store.get(bad, Digest.of(ONE)));
        }
    }

    @Test
    void everyIdHasAFolderOfItsOwn() {
        var digest = Digest.of(ONE);
        assertThat(ObjectKeys.plan("4be21d0", new MigrationId("m-1"), digest))
                .isEqualTo("4be21d0/m-1/plan-" + digest.brief() + ".json");
        String dots = ObjectKeys.bundle(".", new MigrationId(".."));
        assertThat(dots).isEqualTo("~./~../bundle.json");
        assertThat(ObjectKeys.checked(dots)).isEqualTo(dots);
        String id = digest.hex();
        var m = new MigrationId("m");
        assertThat(ObjectKeys.manifest("production", "20260102T030405Z-m"))
                .isEqualTo("snapshots/production/20260102T030405Z-m/manifest.json");
        assertThat(ObjectKeys.chunkIn(ObjectKeys.chunk(digest))).hasValue(digest);
        assertThat(ObjectKeys.chunkIn("chunks/m-1/bundle.json")).isEmpty();
        assertThat(ObjectKeys.evidence("c", m, 1, 0, digest)).isEqualTo("c/m/evidence-1-0-" + id + ".json");
    }

    @Test
    void whatWasSeenOnceNeedsTheStoreNoMore() {
        var cached = new CachedObjects(store, folder, 1_000);
        cached.put(key, ONE);
        var storeAway = new MinioObjectStore("http://127.0.0.1:9", "migrator", "a", "b", Optional.empty());
        var later = new CachedObjects(storeAway, folder, 1_000);
        assertThat(later.get(key, Digest.of(ONE))).isEqualTo(ONE);
        assertThatThrownBy(() -> later.get(key, Digest.of(TWO))).isInstanceOf(ObjectStoreUnavailable.class);
    }

    @Test
    void aDamagedCopyIsFetchedAnew() throws Exception {
        var cached = new CachedObjects(store, folder, 1_000);
        Digest digest = cached.put(key, ONE);
        Files.write(folder.resolve(digest.hex()), TWO);
        assertThat(cached.get(key, digest)).isEqualTo(ONE);
        assertThat(Files.readAllBytes(folder.resolve(digest.hex()))).isEqualTo(ONE);
    }

    @Test
    void copiesStayWithinTheirBound() throws Exception {
        var cached = new CachedObjects(store, folder, 1_000);
        for (int i = 0; i < 50; i++) {
            cached.keep(("x".repeat(95) + i).getBytes(StandardCharsets.UTF_8));
        }
        try (var files = Files.list(folder)) {
            assertThat(files.mapToLong(f -> f.toFile().length()).sum()).isBetween(100L, 1_000L);
        }
    }

    private static void assertCode(String code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(code));
    }
}
