package dev.migrator.core.fleet;

import dev.migrator.core.error.Problem;

/**
 * Texts of others in the length that a run keeps and shows: hundreds of them stand in one record, which a topic has to take.
 * The migration itself shows them in full.
 */
final class Briefly {
    /** In UTF-8, with the mark behind what was cut off. */
    static final int MOST_BYTES = 200;

    private static final String CUT = "…";
    private static final int BYTES_OF_CUT = 3;

    private Briefly() {}

    /** In one line, as a control character takes six bytes in JSON. */
    static String of(String text) {
        int bytes = 0;
        int kept = 0;
        var line = new StringBuilder();
        for (int codePoint : (Iterable<Integer>) text.codePoints()::iterator) {
            int one = Character.isISOControl(codePoint) || isHalf(codePoint) ? ' ' : codePoint;
            bytes += bytes(one);
            if (bytes > MOST_BYTES) {
                return line.substring(0, kept) + CUT;
            }
            line.appendCodePoint(one);
            kept = bytes <= MOST_BYTES - BYTES_OF_CUT ? line.length() : kept;
        }
        return line.toString();
    }

    static Problem of(Problem problem) {
        return new Problem(
                problem.code(),
                of(problem.message()),
                of(problem.thing()),
                of(problem.expected()),
                of(problem.found()),
                of(problem.todo()));
    }

    private static boolean isHalf(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    private static int bytes(int codePoint) {
        if (codePoint < 0x80) {
            return 1;
        }
        if (codePoint < 0x800) {
            return 2;
        }
        return codePoint < 0x10000 ? 3 : 4;
    }
}
