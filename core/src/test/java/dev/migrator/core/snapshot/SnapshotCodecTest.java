package dev.migrator.core.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SnapshotCodecTest {
    private final Snapshot snapshot = Snapshot.of(
            "production",
            Digest.ofText("plan"),
            Map.of(
                    new EntryKey("kafka", "topic", "orders"),
                    new EntryState.Present(Content.of("config.retention.ms", Value.NULL), "topic-id"),
                    new EntryKey("kafka", "topic", "refunds"),
                    EntryState.ABSENT,
                    new EntryKey("registry", "artifact-version", "default/Order@2"),
                    new EntryState.Retired(Content.of("content", Value.of("{}")), "7")));

    @Test
    void whatIsReadBackIsWhatWasTaken() {
        assertThat(SnapshotCodec.read(SnapshotCodec.bytes(snapshot))).isEqualTo(snapshot);
    }

    @Test
    void aSnapshotThatLacksAnEntryIsRefused() {
        var text = new String(SnapshotCodec.bytes(snapshot), StandardCharsets.UTF_8);
        var cut = text.replaceFirst(
                "\\{\"key\":\\[\"kafka\",\"topic\",\"refunds\"],\"state\":\\{\"is\":\"absent\"}},", "");
        assertThat(cut).isNotEqualTo(text);
        assertThatThrownBy(() -> SnapshotCodec.read(cut.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("SNP-FORMAT");
    }

    @Test
    void otherJsonIsRefused() {
        assertThatThrownBy(() -> SnapshotCodec.read("{\"format\":2}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("SNP-FORMAT");
    }
}
