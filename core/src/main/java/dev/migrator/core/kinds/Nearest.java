package dev.migrator.core.kinds;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The known name that somebody who wrote another one probably meant. */
public final class Nearest {
    private static final int LONGEST = 64;

    private Nearest() {}

    /** @return the name with the fewest edits, at most a third of its length; the first one in order of two alike */
    public static Optional<String> to(String written, Collection<String> known) {
        if (written.length() > LONGEST) {
            return Optional.empty();
        }
        record Candidate(String name, int edits) {}
        return known.stream()
                .map(name -> new Candidate(name, edits(fold(written), fold(name))))
                .filter(candidate ->
                        candidate.edits() <= Math.max(1, (candidate.name().length() + 1) / 3))
                .min(Comparator.comparingInt(Candidate::edits).thenComparing(Candidate::name))
                .map(Candidate::name);
    }

    /** {@code "did you mean x?"}, or the known names when none is near. */
    static String advice(String written, Collection<String> known) {
        return to(written, known)
                .map(name -> "did you mean " + name + "?")
                .orElseGet(() -> known.size() > 30 ? "" : "use one of " + String.join(", ", known));
    }

    private static String fold(String name) {
        return name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    }

    /** Levenshtein distance with two rows. */
    private static int edits(String a, String b) {
        var before = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            before[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            var row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = before[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(before[j], row[j - 1]) + 1);
            }
            before = row;
        }
        return before[b.length()];
    }
}
