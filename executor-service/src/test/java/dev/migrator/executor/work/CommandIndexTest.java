package dev.migrator.executor.work;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.lifecycle.MigrationId;
import dev.migrator.core.lifecycle.Position;
import dev.migrator.engine.EngineUnavailable;
import dev.migrator.kit.testkit.Desk;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandIndexTest {
    private static final MigrationId OTHER = new MigrationId("m-2");

    @TempDir
    Path folder;

    private CommandLog log;
    private CommandIndex index;

    @BeforeEach
    void open() {
        var wire = new Desk(folder).wire();
        log = new CommandLog(wire);
        index = new CommandIndex(log, wire, Duration.ofMillis(100));
    }

    @Test
    void aCommandWithNothingBehindItIsTheNewest() throws Exception {
        long offset = log.append(Commands.check(1, 1));

        assertThat(isNewest(offset, 1, 1)).isTrue();
    }

    @Test
    void aCommandWithANewerOneBehindItIsNotTheNewest() throws Exception {
        long first = log.append(Commands.check(1, 1));
        long second = log.append(Commands.check(2, 2));

        assertThat(isNewest(first, 1, 1)).isFalse();
        assertThat(isNewest(second, 2, 2)).isTrue();
    }

    @Test
    void aCommandThatComesInLaterIsSeenWithTheNextQuestion() throws Exception {
        long first = log.append(Commands.check(1, 1));
        assertThat(isNewest(first, 1, 1)).isTrue();

        log.append(Commands.check(1, 2));

        assertThat(isNewest(first, 1, 1)).isFalse();
    }

    @Test
    void whatIsHandedOutAgainFromFurtherBackIsReadAgainFromThere() throws Exception {
        long first = log.append(Commands.check(1, 1));
        log.append(Commands.check(1, 2));
        long ofAnother = log.append(Commands.checkOf(OTHER));
        assertThat(index.isNewest(0, ofAnother, OTHER, new Position(1, 1))).isTrue();

        assertThat(isNewest(first, 1, 1)).isFalse();
    }

    @Test
    void theSameCommandPublishedTwiceIsTheNewestBothTimes() throws Exception {
        long first = log.append(Commands.check(1, 1));
        long again = log.append(Commands.check(1, 1));

        assertThat(isNewest(first, 1, 1)).isTrue();
        assertThat(isNewest(again, 1, 1)).isTrue();
    }

    @Test
    void otherMigrationsAndUnreadableRecordsSayNothing() throws Exception {
        long first = log.append(Commands.check(1, 1));
        log.append("no record of ours".getBytes(UTF_8));
        log.append(Commands.check(5, 9));

        assertThat(index.isNewest(0, first, OTHER, new Position(1, 1))).isTrue();
        assertThat(isNewest(first, 1, 1)).isFalse();
    }

    @Test
    void aLogThatCannotBeReadToItsEndInTimeIsNoAnswer() {
        log.fallSilent();
        long offset = log.append(Commands.check(1, 1));

        assertThatThrownBy(() -> isNewest(offset, 1, 1))
                .isInstanceOf(EngineUnavailable.class)
                .hasMessageContaining("WRK-COMMANDS")
                .hasMessageContaining("no end within 100 ms");
    }

    @Test
    void aBrokerThatFailsIsNoAnswerEither() {
        long offset = log.append(Commands.check(1, 1));
        log.setPollException(new KafkaException("gone"));

        assertThatThrownBy(() -> isNewest(offset, 1, 1))
                .isInstanceOf(EngineUnavailable.class)
                .hasMessageContaining("gone");
    }

    private boolean isNewest(long offset, int epoch, long seq) throws EngineUnavailable {
        return index.isNewest(0, offset, Commands.ID, new Position(epoch, seq));
    }
}
