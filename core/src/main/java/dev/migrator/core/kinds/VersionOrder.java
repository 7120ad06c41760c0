package dev.migrator.core.kinds;

import java.util.Comparator;

/** Versions as people count: {@code 2} before {@code 10}, {@code 1.9} before {@code 1.10}; total, and stable. */
public final class VersionOrder implements Comparator<String> {
    public static final VersionOrder INSTANCE = new VersionOrder();

    private VersionOrder() {}

    @Override
    public int compare(String a, String b) {
        int i = 0;
        int j = 0;
        while (i < a.length() && j < b.length()) {
            int endA = endOfRun(a, i);
            int endB = endOfRun(b, j);
            int order = compareRuns(a.substring(i, endA), b.substring(j, endB));
            if (order != 0) {
                return order;
            }
            i = endA;
            j = endB;
        }
        int shorterFirst = Integer.compare(a.length() - i, b.length() - j);
        // "01" and "1" count the same; the text decides, so that only equal versions compare as equal
        return shorterFirst != 0 ? shorterFirst : a.compareTo(b);
    }

    private static int compareRuns(String a, String b) {
        if (isDigit(a.charAt(0)) && isDigit(b.charAt(0))) {
            var x = a.replaceFirst("^0+(?=.)", "");
            var y = b.replaceFirst("^0+(?=.)", "");
            return x.length() != y.length() ? Integer.compare(x.length(), y.length()) : x.compareTo(y);
        }
        return a.compareTo(b);
    }

    private static int endOfRun(String text, int from) {
        boolean digits = isDigit(text.charAt(from));
        int end = from + 1;
        while (end < text.length() && isDigit(text.charAt(end)) == digits) {
            end++;
        }
        return end;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
