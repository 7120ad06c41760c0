package dev.migrator.core.present;

import java.time.Duration;
import java.util.Locale;

/** Numbers with their unit, for people. Exact where a setting is shown: what has no short form stays as it is. */
final class Units {
    private static final long[] MILLIS = {86_400_000, 3_600_000, 60_000, 1_000};
    private static final String[] MILLIS_UNITS = {"d", "h", "min", "s"};
    private static final long[] BYTES = {1L << 40, 1L << 30, 1L << 20, 1L << 10};
    private static final String[] BYTES_UNITS = {"TiB", "GiB", "MiB", "KiB"};

    private Units() {}

    static String shown(String setting, String text) {
        if (!text.matches("[0-9]{1,18}") || text.equals("0")) {
            return text;
        }
        if (setting.endsWith(".ms")) {
            return exactMillis(Long.parseLong(text));
        }
        return setting.endsWith(".bytes") ? exactBytes(Long.parseLong(text)) : text;
    }

    static String exactMillis(long number) {
        return exact(number, MILLIS, MILLIS_UNITS, "ms");
    }

    static String exactBytes(long number) {
        return exact(number, BYTES, BYTES_UNITS, "B");
    }

    private static String exact(long number, long[] sizes, String[] units, String smallest) {
        for (int i = 0; i < sizes.length; i++) {
            if (number % sizes[i] == 0 && number != 0) {
                return number / sizes[i] + units[i];
            }
        }
        return number + smallest;
    }

    /** Rounded to one decimal. */
    static String bytes(long number) {
        for (int i = 0; i < BYTES.length; i++) {
            if (number >= BYTES[i]) {
                return String.format(Locale.ROOT, "%.1f %s", (double) number / BYTES[i], BYTES_UNITS[i]);
            }
        }
        return number + " B";
    }

    /** With thousands set apart. */
    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** {@code 1 record}, {@code 12 records}. */
    static String count(long number, String one, String many) {
        return count(number) + " " + (number == 1 ? one : many);
    }

    /** The largest unit that it has at least one of, rounded down: {@code 143 d}, {@code 5 min}, {@code 0 s}. */
    static String about(Duration duration) {
        long millis = Math.max(0, duration.toMillis());
        for (int i = 0; i < MILLIS.length; i++) {
            if (millis >= MILLIS[i]) {
                return count(millis / MILLIS[i]) + " " + MILLIS_UNITS[i];
            }
        }
        return "0 s";
    }

    /** As {@code 2.1 s}. */
    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1_000.0);
    }

    /** A share in words that never round something down to nothing, nor nearly all up to all. */
    static String share(long part, long of) {
        if (part <= 0 || of <= 0) {
            return "no";
        }
        if (part >= of) {
            return "all";
        }
        double percent = 100.0 * part / of;
        if (percent < 1) {
            return "less than 1 % of";
        }
        return percent > 99 ? "more than 99 % of" : "about " + Math.round(percent) + " % of";
    }
}
