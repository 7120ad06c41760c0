package dev.migrator.core.undo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.lifecycle.MigrationId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class UndoKitCodecTest {
    @Property(tries = 300)
    void theKitComesBackFromItsBytesAndTheSameKitHasTheSame(@ForAll Random random) {
        var kit = new RandomKits(random).kit();
        var bytes = UndoKitCodec.bytes(kit);

        var read = UndoKitCodec.read(bytes);

        assertThat(read).isEqualTo(kit);
        assertThat(UndoKitCodec.bytes(read)).isEqualTo(bytes);
    }

    @Property(tries = 1_000)
    void anyByteThatChangesIsFound(@ForAll Random random) {
        var bytes = UndoKitCodec.bytes(new RandomKits(random).kit());
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));

        assertRefused(bytes);
    }

    @Property(tries = 300)
    void whatIsCutOffOrGoesOnIsFound(@ForAll Random random) {
        var bytes = UndoKitCodec.bytes(new RandomKits(random).kit());

        assertRefused(Arrays.copyOf(bytes, random.nextInt(bytes.length)));
        assertRefused(Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(9)));
        var spaced = new String(bytes, StandardCharsets.UTF_8).replaceFirst("\\{", "{ ");
        assertRefused(spaced.getBytes(StandardCharsets.UTF_8));
    }

    @Property(tries = 200)
    void partsOfTwoKitsMakeNone(@ForAll Random random) {
        var one = (Value.Obj) CanonicalJson.parse(UndoKitCodec.bytes(new RandomKits(random).kit()));
        var other = (Value.Obj) CanonicalJson.parse(UndoKitCodec.bytes(new RandomKits(random).kit()));
        for (String name : List.of("plan", "seal", "planDigest", "stateHash", "targets", "migration", "commit")) {
            if (!one.get(name).equals(other.get(name))) {
                var mixed = new TreeMap<>(one.fields());
                mixed.put(name, other.get(name));
                assertRefused(CanonicalJson.bytes(Value.object(mixed)));
            }
        }
    }

    @Test
    void otherFilesAreToldFromKitsAndLaterFormatsFromThisOne() {
        for (String text : List.of("", "[]", "{}", "null", "not json", "{\"format\":2}")) {
            assertThatThrownBy(() -> UndoKitCodec.read(text.getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            e -> assertThat(e.problem().code()).isEqualTo("KIT-FORMAT"));
        }
    }

    @Test
    void aKitNamesExactlyTheTargetsThatItsPlanWrites() {
        var kit = new RandomKits(new Random(4)).kit();
        assertThat(kit.targets()).isNotEmpty();

        assertThatThrownBy(() ->
                        new UndoKit(kit.id(), kit.commit(), kit.plan(), kit.planDigest(), Optional.empty(), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void kitAndReceiptLieInTheFolderOfTheirMigration() {
        var kit = new RandomKits(new Random(1)).kit();
        var digest = Digest.of(UndoKitCodec.bytes(kit));

        assertThat(UndoKeys.kit("4be21d0", new MigrationId("m-1"), digest))
                .isEqualTo("4be21d0/m-1/undo-kit-" + digest.brief() + ".json");
        assertThat(UndoKeys.receipt("4be21d0", new MigrationId(".."))).isEqualTo("4be21d0/~../undone.json");
        assertThat(UndoReceipt.of(kit, digest, "carol", Instant.EPOCH).toValue().get("kit"))
                .isEqualTo(Value.of(digest.toString()));
    }

    private static void assertRefused(byte[] bytes) {
        assertThatThrownBy(() -> UndoKitCodec.read(bytes))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isIn("KIT-FORMAT", "KIT-ALTERED"));
    }
}
