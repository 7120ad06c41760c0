package dev.migrator.target.connect;

import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Takes secrets out of what workers say: they quote the values they do not like. */
final class Redaction {
    private static final int SHORTEST = 3;
    private static final int LONGEST = 500;

    private final List<String> secrets;

    Redaction(Set<String> secrets) {
        // a longer one may hold a shorter one; what is shorter still would take every word apart
        this.secrets = secrets.stream()
                .filter(secret -> secret.length() >= SHORTEST)
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /** @return at most 500 characters */
    String of(String words) {
        var told = words;
        for (var secret : secrets) {
            told = told.replace(secret, "…");
        }
        return told.length() <= LONGEST ? told : told.substring(0, LONGEST) + "…";
    }
}
