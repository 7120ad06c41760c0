package dev.migrator.kit.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.ProblemException;
import dev.migrator.kit.Servers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Against a real bucket. */
class EvidenceStoreTest {
    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00.123456Z");
    private static final Value.Obj PASSED = Value.object("passed", Value.of(true));

    private final EvidenceStore store = new EvidenceStore(Servers.objects());
    private final Digest bundle = Digest.ofText(UUID.randomUUID().toString());

    @Test
    void whatWasAddedIsReadInTheOrderOfItsTimesAndSeenWithWhoAndWhen() {
        var later = store.add(new Evidence(bundle, "load-test", "ci", NOON.plusSeconds(1), PASSED));
        var first = store.add(new Evidence(bundle, "unit", "ci", NOON, PASSED));

        assertThat(store.of(bundle)).containsExactly(first, later);
        assertThat(store.of(Digest.ofText("another"))).isEmpty();
        assertThat(first.seen())
                .isEqualTo(Value.object(
                        "passed", Value.of(true),
                        "kind", Value.of("unit"),
                        "by", Value.of("ci"),
                        "at", Value.of("2026-11-26T12:00:00.123Z"),
                        "digest", Value.of(first.digest().toString())));
    }

    @Test
    void theSameFactsOfTheSamePersonAreKeptOnce() {
        var first = store.add(new Evidence(bundle, "unit", "ci", NOON, PASSED));

        assertThat(store.add(new Evidence(bundle, "unit", "ci", NOON.plusSeconds(9), PASSED)))
                .isEqualTo(first);
        store.add(new Evidence(bundle, "unit", "eve", NOON, PASSED));
        assertThat(store.of(bundle)).extracting(Evidence::by).containsExactlyInAnyOrder("ci", "eve");
    }

    @Test
    void whatSomebodyElsePutThereIsNoEvidence() {
        var ofAnother = new Evidence(Digest.ofText("another"), "unit", "ci", NOON, PASSED);
        Servers.objects()
                .put("~evidence/" + bundle.hex() + "/" + ofAnother.digest().hex() + ".json", ofAnother.bytes());
        assertCode("EVD-SHAPE", () -> store.of(bundle));

        var changed = Digest.ofText(UUID.randomUUID().toString());
        var real = new Evidence(changed, "unit", "ci", NOON, PASSED);
        Servers.objects()
                .put(
                        "~evidence/" + changed.hex() + "/" + real.digest().hex() + ".json",
                        "{}".getBytes(StandardCharsets.UTF_8));
        assertCode("OBJ-DIGEST", () -> store.of(changed));
    }

    @Test
    void nobodyCanPretendWhoOrWhenNorFillTheBucket() {
        assertCode("EVD-SHAPE", () -> new Evidence(bundle, "unit", "eve", NOON, Value.object("by", Value.of("ci"))));
        assertCode("EVD-SHAPE", () -> new Evidence(bundle, "a kind", "eve", NOON, PASSED));
        assertCode(
                "EVD-SHAPE",
                () -> new Evidence(bundle, "unit", "eve", NOON, Value.object("log", Value.of("x".repeat(65_536)))));
    }

    @Test
    void aBundleHasRoomForSoMuchAndNoMore() {
        for (int i = 0; i < EvidenceStore.MOST; i++) {
            store.add(new Evidence(bundle, "unit", "ci", NOON, Value.object("run", Value.of(i))));
        }
        assertCode("EVD-MANY", () -> store.add(new Evidence(bundle, "unit", "ci", NOON, PASSED)));
        assertThat(store.of(bundle)).hasSize(EvidenceStore.MOST);
    }

    private static void assertCode(String code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(code));
    }
}
