package dev.migrator.core.plan;

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
            return exact(Long.parseLong(text), MILLIS, MILLIS_UNITS, "ms");
        }
        return setting.endsWith(".bytes") ? exact(Long.parseLong(text), BYTES, BYTES_UNITS, "B") : text;
    }

    private static String exact(long number, long[] sizes, String[] units, String smallest) {
        for (int i = 0; i < sizes.length; i++) {
            if (number % sizes[i] == 0) {
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
}
