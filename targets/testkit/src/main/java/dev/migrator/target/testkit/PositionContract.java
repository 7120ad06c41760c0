package dev.migrator.target.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.snapshot.SourceReading;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Where a target says that it is in the order of its changes: short text that no change leaves as it was, or nothing. */
public abstract class PositionContract extends TargetContract {
    @Test
    void itIsShortTextOrNothing() throws Exception {
        assertThat(writer().position().stream()).allMatch(SourceReading::isPosition);
    }

    @Test
    void itIsToldAgainOrNever() throws Exception {
        assertThat(writer().position().isPresent())
                .isEqualTo(writer().position().isPresent());
    }

    @TestFactory
    Stream<DynamicTest> everyChangeMakesItAnotherOne() {
        return eachKind(kind -> {
            settle();
            var before = writer().position();

            var create = created(kind);
            settle();
            var created = writer().position();
            var removed = apply(create.inverse());
            settle();

            if (before.isPresent()) {
                assertThat(created).isPresent().isNotEqualTo(before);
                assertThat(removed.done()).isTrue();
                assertThat(writer().position()).isPresent().isNotEqualTo(created);
            }
        });
    }
}
