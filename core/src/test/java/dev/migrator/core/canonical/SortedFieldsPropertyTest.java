package dev.migrator.core.canonical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

/** Behaves in every way as the tree of the library does. */
class SortedFieldsPropertyTest {
    @Property
    void isTheSameMap(@ForAll @Size(max = 12) Map<String, Integer> given) {
        var tree = new TreeMap<>(given);
        var fields = SortedFields.copyOf(new HashMap<>(given));

        assertThat(fields.equals(tree)).isTrue();
        assertThat(tree.equals(fields)).isTrue();
        assertThat(fields).hasSameHashCodeAs(tree).hasToString(tree.toString());
        assertThat(new ArrayList<>(fields.keySet())).isEqualTo(new ArrayList<>(tree.keySet()));
        assertThat(new ArrayList<>(fields.values())).isEqualTo(new ArrayList<>(tree.values()));
        assertThat(SortedFields.copyOf(tree)).isEqualTo(fields);
        assertThat(SortedFields.copyOf(fields)).isSameAs(fields);
    }

    @Property
    void looksUpTheSame(
            @ForAll @Size(max = 6) Map<@AlphaChars @StringLength(max = 2) String, Integer> given,
            @ForAll @AlphaChars @StringLength(max = 2) String name) {
        var tree = new TreeMap<>(given);
        var fields = SortedFields.copyOf(given);

        assertThat(fields.get(name)).isEqualTo(tree.get(name));
        assertThat(fields.containsKey(name)).isEqualTo(tree.containsKey(name));
        assertThat(fields.getOrDefault(name, -1)).isEqualTo(tree.getOrDefault(name, -1));
    }

    @Property
    void partsAreTheSame(
            @ForAll @Size(max = 6) Map<@AlphaChars @StringLength(max = 2) String, Integer> given,
            @ForAll @AlphaChars @StringLength(max = 2) String one,
            @ForAll @AlphaChars @StringLength(max = 2) String other) {
        var from = one.compareTo(other) <= 0 ? one : other;
        var to = from.equals(one) ? other : one;
        var tree = new TreeMap<>(given);
        var fields = SortedFields.copyOf(given);

        assertSame(fields.subMap(from, to), tree.subMap(from, to));
        assertSame(fields.headMap(to), tree.headMap(to));
        assertSame(fields.tailMap(from), tree.tailMap(from));
    }

    @Property
    void differsWhereTheOtherDoes(
            @ForAll @Size(max = 3) Map<@AlphaChars @StringLength(max = 1) String, Integer> one,
            @ForAll @Size(max = 3) Map<@AlphaChars @StringLength(max = 1) String, Integer> other) {
        assertThat(SortedFields.copyOf(one).equals(SortedFields.copyOf(other))).isEqualTo(one.equals(other));
    }

    @Example
    void isSortedByItselfWhateverTheOrderOfTheGivenOne() {
        var descending = new TreeMap<String, Integer>(Collections.reverseOrder());
        descending.putAll(Map.of("a", 1, "b", 2, "c", 3));

        assertThat(SortedFields.copyOf(descending).keySet()).containsExactly("a", "b", "c");
    }

    @Example
    void laterChangesOfTheGivenOneAreNotSeenAndItselfCannotChange() {
        var given = new TreeMap<>(Map.of("a", 1));
        var fields = SortedFields.copyOf(given);
        given.put("b", 2);

        assertThat(fields).containsOnlyKeys("a");
        assertThatThrownBy(() -> fields.put("c", 3)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> fields.remove("a")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> fields.entrySet().iterator().next().setValue(7))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> fields.subMap("b", "a")).isInstanceOf(IllegalArgumentException.class);
    }

    @Example
    void anEmptyOneHasNoFirstName() {
        assertThatThrownBy(SortedFields.copyOf(Map.of())::firstKey).isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(SortedFields.copyOf(Map.of())::lastKey).isInstanceOf(NoSuchElementException.class);
    }

    private static void assertSame(SortedMap<String, Integer> found, SortedMap<String, Integer> expected) {
        assertThat(found.equals(expected)).isTrue();
        if (!expected.isEmpty()) {
            assertThat(found.firstKey()).isEqualTo(expected.firstKey());
            assertThat(found.lastKey()).isEqualTo(expected.lastKey());
        }
    }
}
