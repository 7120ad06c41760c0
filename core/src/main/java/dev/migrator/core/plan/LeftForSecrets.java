package dev.migrator.core.plan;

import dev.migrator.core.error.Problem;
import dev.migrator.core.kinds.KafkaUserKind;
import dev.migrator.core.kinds.Kinds;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Recorded entries that are left out of a restore, as no snapshot holds the secrets to make them again; and what cannot be
 * made without them, such as grants to a role.
 *
 * @param verdict of an entry by itself; empty if nothing is known of it
 */
record LeftForSecrets(List<PutBack.Wanted> entries, Function<PutBack.Wanted, Optional<RecordedEntry.Verdict>> verdict) {
    /** Why each is left out, by key. */
    SortedMap<EntryKey, Problem> all() {
        var left = new TreeMap<EntryKey, Problem>();
        for (var wanted : entries) {
            verdict.apply(wanted)
                    .flatMap(one -> one instanceof RecordedEntry.Verdict.NoSecret(var why)
                            ? Optional.of(why)
                            : Optional.empty())
                    .ifPresent(why -> left.put(wanted.key(), why));
        }
        while (!left.isEmpty()) {
            var without = without(left);
            if (without.isEmpty()) {
                break;
            }
            left.putAll(without);
        }
        return left;
    }

    /** What needs something of that, and is not in there. */
    private SortedMap<EntryKey, Problem> without(TreeMap<EntryKey, Problem> left) {
        var needed = new TreeSet<>(left.keySet());
        // rules and quotas of a Kafka user are there without it as well, and wait for it
        needed.removeIf(key -> key.kind().equals(KafkaUserKind.ENTRY));
        var without = new TreeMap<EntryKey, Problem>();
        for (var wanted : entries) {
            if (!left.containsKey(wanted.key())) {
                missing(wanted, needed).ifPresent(key -> without.put(wanted.key(), without(wanted.key(), key)));
            }
        }
        return without;
    }

    private Optional<EntryKey> missing(PutBack.Wanted wanted, TreeSet<EntryKey> needed) {
        return verdict.apply(wanted)
                .flatMap(one -> one instanceof RecordedEntry.Verdict.Asks asks ? asks.content() : Optional.empty())
                .flatMap(content -> missing(wanted, content, needed));
    }

    private static Optional<EntryKey> missing(PutBack.Wanted wanted, Content content, TreeSet<EntryKey> needed) {
        return Kinds.standard().ofEntry(wanted.key().kind()).dependenciesAmong(needed, wanted.key(), content).stream()
                .findFirst()
                .or(() -> wanted.dependsOn().stream().filter(needed::contains).findFirst());
    }

    private static Problem without(EntryKey key, EntryKey needed) {
        return Problem.of("RST-NEEDS-SECRET", "it is not put back: what it needs is not")
                .about(key.toString())
                .expected("that " + needed + " is there")
                .found("no snapshot holds the secret of " + needed)
                .todo("submit the manifests that name the secret, then restore this one");
    }
}
