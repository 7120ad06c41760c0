package dev.migrator.engine;

import static dev.migrator.engine.Plans.topic;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.lifecycle.MigrationId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileJournalTest {
    private static final MigrationId ID = new MigrationId("..");

    @TempDir
    private Path folder;

    @Test
    void whatWasRecordedIsThereForTheNextProcess() {
        var journal = new FileJournal(folder);
        journal.intend(ID, 0, Set.of(topic("a"), topic("b")));
        journal.record(ID, 0, Map.of(topic("a"), "i1", topic("b"), ""));
        journal.record(ID, 1, Map.of(topic("c"), "i2"));

        var next = new FileJournal(folder);

        assertThat(next.incarnations(ID, 0)).containsExactly(Map.entry(topic("a"), "i1"));
        assertThat(next.incarnations(ID, 1)).containsExactly(Map.entry(topic("c"), "i2"));
        assertThat(next.incarnations(new MigrationId("other"), 0)).isEmpty();
    }

    @Test
    void theFirstRecordHoldsUntilTheEntryIsIntendedAgain() {
        var journal = new FileJournal(folder);
        journal.record(ID, 0, Map.of(topic("a"), "i1"));
        journal.record(ID, 0, Map.of(topic("a"), "i2"));
        assertThat(journal.incarnations(ID, 0)).containsEntry(topic("a"), "i1");

        journal.intend(ID, 0, Set.of(topic("a")));
        journal.record(ID, 0, Map.of(topic("a"), "i2"));
        assertThat(journal.incarnations(ID, 0)).containsEntry(topic("a"), "i2");
    }

    @Test
    void aLineThatACrashCutOffSpoilsNothing() throws Exception {
        var journal = new FileJournal(folder);
        journal.record(ID, 0, Map.of(topic("a"), "i1"));
        try (var files = Files.list(folder)) {
            var file = files.findFirst().orElseThrow();
            var text = Files.readString(file);
            Files.writeString(file, text + text.substring(0, text.length() / 2));
        }

        var next = new FileJournal(folder);
        next.record(ID, 0, Map.of(topic("b"), "i2"));

        assertThat(next.incarnations(ID, 0)).containsOnlyKeys(topic("a"), topic("b"));
    }

    @Test
    void anEndedMigrationLeavesNothingBehind() {
        var journal = new FileJournal(folder);
        journal.record(ID, 0, Map.of(topic("a"), "i1"));

        journal.forget(ID);
        journal.forget(ID);

        assertThat(journal.incarnations(ID, 0)).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }
}
