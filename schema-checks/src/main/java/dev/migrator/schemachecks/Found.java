package dev.migrator.schemachecks;

import dev.migrator.core.error.Finding;
import dev.migrator.core.error.Problem;

/** Findings about contents, in one form for all languages. */
final class Found {
    private static final int LONGEST = 300;

    private Found() {}

    static Finding invalid(String expected, String found) {
        return Finding.error(Problem.of("SCH-INVALID", "the content is no valid schema of its type")
                .expected(expected)
                .found(brief(found))
                .todo("correct the schema; suppress it for a version that the registry holds already"));
    }

    /** One line, and not more than a person reads: parsers quote whole schemas. */
    static String brief(String text) {
        var line = String.valueOf(text).replaceAll("\\s+", " ").strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1) + "…";
    }
}
