package dev.migrator.core.error;

/**
 * A problem found in input, with where it stands.
 *
 * @param file path as given, empty when the input is no file
 * @param line from 1, 0 when unknown
 * @param severity only {@link Severity#ERROR} stops
 */
public record Finding(Severity severity, Problem problem, String file, int line) implements Comparable<Finding> {
    public enum Severity {
        ERROR,
        WARNING
    }

    public static Finding error(Problem problem) {
        return new Finding(Severity.ERROR, problem, "", 0);
    }

    public static Finding warning(Problem problem) {
        return new Finding(Severity.WARNING, problem, "", 0);
    }

    public boolean stops() {
        return severity == Severity.ERROR;
    }

    public Finding at(String aFile, int aLine) {
        return new Finding(severity, problem, aFile, aLine);
    }

    @Override
    public int compareTo(Finding other) {
        return java.util.Comparator.comparing(Finding::file)
                .thenComparingInt(Finding::line)
                .thenComparing((Finding f) -> f.problem().code())
                .thenComparing(f -> f.problem().thing())
                .thenComparing(Finding::severity)
                .thenComparing(f -> f.problem().toString())
                .compare(this, other);
    }
}
