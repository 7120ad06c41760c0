package dev.migrator.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.EntryState;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class StateHashTest {
    private static final EntryKey A = new EntryKey("kafka", "topic", "a");
    private static final EntryKey B = new EntryKey("kafka", "topic", "b");
    private static final Map<EntryKey, SortedSet<String>> PAIRS =
            Map.of(A, new TreeSet<>(java.util.Set.of("f")), B, new TreeSet<>());

    @Test
    void fieldsOutsideThePairsDoNotCount() {
        assertThat(hash(Map.of(A, present("i", Map.of("f", Value.of(1), "other", Value.of(1))))))
                .isEqualTo(hash(Map.of(A, present("i", Map.of("f", Value.of(1))))));
    }

    @Test
    void fieldsInThePairsCount() {
        assertThat(hash(Map.of(A, present("i", Map.of("f", Value.of(1))))))
                .isNotEqualTo(hash(Map.of(A, present("i", Map.of("f", Value.of(2))))));
    }

    @Test
    void aFieldThatIsNotSetIsTheSameAsOneThatIsNull() {
        assertThat(hash(Map.of(A, present("i", Map.of("f", Value.NULL)))))
                .isEqualTo(hash(Map.of(A, present("i", Map.of()))));
    }

    @Test
    void theIncarnationCounts() {
        assertThat(hash(Map.of(A, present("i", Map.of())))).isNotEqualTo(hash(Map.of(A, present("j", Map.of()))));
    }

    @Test
    void whatIsRetiredOrMissingCountsAsAbsent() {
        var absent = hash(Map.of(A, EntryState.ABSENT, B, EntryState.ABSENT));

        assertThat(hash(Map.of())).isEqualTo(absent);
        assertThat(hash(Map.of(A, new EntryState.Retired(Content.of("f", Value.of(1)), "i"))))
                .isEqualTo(absent);
        assertThat(hash(Map.of(A, present("i", Map.of())))).isNotEqualTo(absent);
    }

    @Test
    void entriesOutsideThePairsAndTheOrderOfStatesDoNotCount() {
        var states = new LinkedHashMap<EntryKey, EntryState>();
        states.put(B, present("b", Map.of()));
        states.put(new EntryKey("kafka", "topic", "z"), present("z", Map.of()));
        states.put(A, present("a", Map.of()));

        assertThat(hash(states)).isEqualTo(hash(Map.of(A, present("a", Map.of()), B, present("b", Map.of()))));
    }

    private static Digest hash(Map<EntryKey, EntryState> states) {
        return StateHash.of(PAIRS, states);
    }

    private static EntryState present(String incarnation, Map<String, Value> fields) {
        return new EntryState.Present(new Content(new TreeMap<>(fields)), incarnation);
    }
}
