package dev.migrator.core.kinds;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What a part of a manifest has to look like. Data, so that one checker serves every kind. */
public sealed interface Shape {
    /** Anything but blank, matching {@code pattern}; {@code like} says so to people. */
    record Text(Pattern pattern, String like) implements Shape {}

    /** One of these words, exactly. */
    record Word(SortedSet<String> words) implements Shape {
        public Word {
            words = Collections.unmodifiableSortedSet(new TreeSet<>(words));
        }
    }

    /** A whole number in this range, bounds included. */
    record Whole(long min, long max) implements Shape {}

    /** A number in this range, bounds included, with at most that many digits behind the point. */
    record Decimal(BigDecimal min, BigDecimal max, int places) implements Shape {}

    /** true or false. */
    record Flag() implements Shape {}

    /** Text, number, boolean or null: the value of a setting whose type the target knows. */
    record Scalar() implements Shape {}

    /** Text or a nested object: content that a manifest may write either way. */
    record Document() implements Shape {}

    /** Any value at all: content that only the target can judge. */
    record Anything() implements Shape {}

    record OrNull(Shape shape) implements Shape {}

    record Items(Shape item, int min, int max) implements Shape {}

    /** Free names, each with a value of one shape. */
    record Dictionary(Pattern name, String nameLike, Shape value, int max) implements Shape {}

    /** An object whose fields are looked at elsewhere. */
    record AnyFields() implements Shape {}

    /** Exactly these names and no others. */
    record Fields(SortedMap<String, Field> fields) implements Shape {
        public Fields {
            fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
        }

        Fields with(String name, Field field) {
            var more = new TreeMap<>(fields);
            more.put(name, field);
            return new Fields(more);
        }

        public Fields required(String name, Shape shape) {
            return with(name, new Field(shape, true));
        }

        public Fields optional(String name, Shape shape) {
            return with(name, new Field(shape, false));
        }

        /** A field that may name a secret, which only the executor reads: the whole of it, or anything in it. */
        public Fields takingSecrets(String name, Shape shape, boolean required) {
            return with(name, new Field(shape, required, true));
        }

        /** The same names, none of them needed: for a resource that is asked to be gone. */
        public Fields allOptional() {
            var loose = new TreeMap<String, Field>();
            fields.forEach((name, field) -> loose.put(name, new Field(field.shape(), false, field.takesSecrets())));
            return new Fields(loose);
        }
    }

    /** @param takesSecrets whether a text in it may be a secret reference; nowhere else is one accepted */
    record Field(Shape shape, boolean required, boolean takesSecrets) {
        public Field(Shape shape, boolean required) {
            this(shape, required, false);
        }
    }

    /** Fields that depend on the word in {@code field}. */
    record Choice(String field, SortedMap<String, Fields> byWord) implements Shape {
        public Choice {
            byWord = Collections.unmodifiableSortedMap(new TreeMap<>(byWord));
        }
    }

    static Text text(String regex, String like) {
        return new Text(Pattern.compile(regex, Pattern.DOTALL), like);
    }

    /** Any text that is not blank and has at most {@code max} characters. */
    static Text anyText(int max) {
        return text("(?=.*\\S).{1," + max + "}", "text of 1 to " + max + " characters");
    }

    static Word word(String... words) {
        return new Word(new TreeSet<>(java.util.List.of(words)));
    }

    static Fields fields() {
        return new Fields(new TreeMap<>());
    }

    static Choice choice(String field, Map<String, Fields> byWord) {
        return new Choice(field, new TreeMap<>(byWord));
    }
}
