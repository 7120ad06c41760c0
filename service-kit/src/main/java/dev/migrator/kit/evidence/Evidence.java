package dev.migrator.kit.evidence;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What somebody says of exactly one bundle, e.g. that its tests passed. Its bytes never change, and its digest is its name.
 *
 * @param bundle digest of the bundle
 * @param kind what it is about, e.g. {@code load-test}
 * @param by who added it, as the console authenticated them
 * @param at when, by the console's clock, in whole milliseconds
 * @param facts what was found; no member is named as one of {@link #OWN}
 */
public record Evidence(Digest bundle, String kind, String by, Instant at, Value.Obj facts) {
    /** Largest facts, in bytes of canonical JSON. */
    public static final int MOST_BYTES = 64 << 10;
    /** Members that policies see beside the facts; nobody can pretend them. */
    public static final Set<String> OWN = Set.of("at", "by", "digest", "kind");

    private static final Pattern KIND = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final long FORMAT = 1;

    /** @throws ProblemException {@code EVD-SHAPE} if kind or facts are not as they should be */
    public Evidence {
        at = at.truncatedTo(ChronoUnit.MILLIS);
        if (!KIND.matcher(kind).matches()) {
            throw shape("the kind", "1 to 64 letters, digits, . _ -", kind.substring(0, Math.min(100, kind.length())));
        }
        facts.fields().keySet().stream().filter(OWN::contains).findFirst().ifPresent(name -> {
            throw shape("the facts", "no member named " + OWN.stream().sorted().toList(), name);
        });
        int size = CanonicalJson.bytes(facts).length;
        if (size > MOST_BYTES) {
            throw shape(
                    "the facts",
                    "at most " + MOST_BYTES + " bytes; a summary, with a link to the rest",
                    size + " bytes");
        }
    }

    private static ProblemException shape(String thing, String expected, String found) {
        return new ProblemException(Problem.of("EVD-SHAPE", "the evidence is not as it should be; nothing was added")
                .about(thing)
                .expected(expected)
                .found(found));
    }

    /** Of the stored bytes. */
    public Digest digest() {
        return Digest.of(bytes());
    }

    /** The facts, with {@link #OWN} beside them: as policies and people see it. */
    public Value.Obj seen() {
        var members = new TreeMap<>(facts.fields());
        members.put("at", Value.of(at.toString()));
        members.put("by", Value.of(by));
        members.put("digest", Value.of(digest().toString()));
        members.put("kind", Value.of(kind));
        return Value.object(members);
    }

    byte[] bytes() {
        return CanonicalJson.bytes(Value.object(
                "at", Value.of(at.toString()),
                "bundle", Value.of(bundle.toString()),
                "by", Value.of(by),
                "facts", facts,
                "format", Value.of(FORMAT),
                "kind", Value.of(kind)));
    }

    /** @throws RuntimeException of several kinds if the bytes are none of these */
    static Evidence read(byte[] bytes) {
        var value = (Value.Obj) CanonicalJson.parse(bytes);
        if (!value.get("format").equals(Value.of(FORMAT))) {
            throw new IllegalArgumentException("format " + CanonicalJson.text(value.get("format")));
        }
        return new Evidence(
                Digest.parse(text(value, "bundle")),
                text(value, "kind"),
                text(value, "by"),
                Instant.parse(text(value, "at")),
                (Value.Obj) value.get("facts"));
    }

    private static String text(Value.Obj value, String name) {
        return ((Value.Text) value.get(name)).value();
    }
}
