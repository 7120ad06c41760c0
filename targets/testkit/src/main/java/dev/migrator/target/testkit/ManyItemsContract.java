package dev.migrator.target.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Operation;
import dev.migrator.core.plan.Outcome;
import dev.migrator.target.TargetException;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * A thousand and ten thousand entries at once: made, found again after settling, and really undone the moment they were
 * acknowledged.
 */
public abstract class ManyItemsContract extends TargetContract {
    private static final int VERY_MANY = 10_000;
    /** JUnit's tag of what takes minutes with the number that {@link #ASKED} names. */
    private static final String TAG = "very-many";
    /**
     * System property with a number of entries, at most {@link KindHarness#most} of each kind. The run then says how long
     * it took. With Maven: {@code -Dgroups=very-many -Dcontract.veryMany=10000}.
     */
    private static final String ASKED = "contract.veryMany";

    @TestFactory
    Stream<DynamicTest> manyAreMadeAndUndoneAtOnce() {
        return eachKind(kind -> {
            var unique = fresh();
            var names = IntStream.range(0, harness.many())
                    .mapToObj(i -> unique + "." + i)
                    .toList();
            var creates = prepared(kind, names);

            assertAll(Outcome.Applied.class, creates, applyAll(creates));
            // undone at once: without settling, reads would still answer "not there" and nothing would be removed
            var inverses =
                    creates.reversed().stream().map(Operation.Create::inverse).toList();
            assertAll(kind.removes() ? Outcome.Applied.class : Outcome.Retained.class, inverses, applyAll(inverses));
            readAll(creates).values().forEach(TargetContract::assertOutOfUse);
        });
    }

    @TestFactory
    @Tag(TAG)
    Stream<DynamicTest> veryManyAreMadeListedReadAndUndone() {
        return eachKind(kind -> {
            assertThat(kind.veryMany() >= VERY_MANY && kind.most() >= VERY_MANY
                            || !kind.whyFewer().isBlank())
                    .as("fewer than %s only for a stated reason", VERY_MANY)
                    .isTrue();
            var unique = fresh();
            var names = IntStream.range(0, number(kind))
                    .mapToObj(i -> unique + "." + i)
                    .toList();
            var creates = prepared(kind, names);
            var keys = creates.stream().map(Operation.Create::key).collect(Collectors.toSet());
            var watch = new Stopwatch(kind.kind(), names.size());

            assertAll(Outcome.Applied.class, creates, applyAll(creates));
            watch.lap("made");

            var states = readAll(creates);
            creates.forEach(create -> assertHolds(states.get(create.key()), create));
            watch.lap("settled and read");
            if (kind.isListedAlone()) {
                assertListed(kind, keys);
                watch.lap("listed");
            }
            assertThat(applyAll(creates.reversed().stream()
                            .map(Operation.Create::inverse)
                            .toList()))
                    .hasSize(names.size())
                    .allMatch(Outcome::done);
            watch.lap("undone");
            readAll(creates).values().forEach(TargetContract::assertOutOfUse);
            watch.lap("settled and read");
            if (isForVeryMany()) {
                System.getLogger(ManyItemsContract.class.getName()).log(System.Logger.Level.INFO, watch.toString());
            }
        });
    }

    /** Whether this run makes other numbers than every run; a small server may need more memory for it. */
    public static boolean isForVeryMany() {
        return Integer.getInteger(ASKED) != null;
    }

    private static int number(KindHarness kind) {
        var asked = Integer.getInteger(ASKED);
        return asked == null ? kind.veryMany() : Math.min(asked, kind.most());
    }

    /** How long each step took, for the pages that say what was tried. */
    private static final class Stopwatch {
        private final StringBuilder text = new StringBuilder();
        private long since = System.nanoTime();

        Stopwatch(String kind, int entries) {
            text.append(String.format(Locale.ROOT, "%,d of %s:", entries, kind));
        }

        void lap(String step) {
            long now = System.nanoTime();
            text.append(String.format(Locale.ROOT, " %s in %.1f s;", step, (now - since) / 1e9));
            since = now;
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }

    private void assertListed(KindHarness kind, Set<EntryKey> keys) throws TargetException {
        try (var listed = writer().list(kind.kind())) {
            assertThat(listed.filter(keys::contains).toList())
                    .as("ascending, each once")
                    .hasSize(keys.size())
                    .isSorted()
                    .doesNotHaveDuplicates();
        }
    }
}
