package dev.migrator.core.kinds;

import java.util.List;
import java.util.regex.Pattern;

/** IP addresses as text (RFC 4291, section 2.2, and dotted decimals). */
final class IpAddress {
    private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    private static final Pattern VERSION_4 = Pattern.compile(BYTE + "(\\." + BYTE + "){3}");
    private static final Pattern GROUP = Pattern.compile("[0-9A-Fa-f]{1,4}");
    private static final int GROUPS = 8;

    private IpAddress() {}

    static boolean isOne(String text) {
        return VERSION_4.matcher(text).matches() || isVersion6(text);
    }

    private static boolean isVersion6(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            return groups(text, true) == GROUPS;
        }
        int before = groups(text.substring(0, gap), false);
        int after = groups(text.substring(gap + 2), true);
        return before >= 0 && after >= 0 && before + after < GROUPS;
    }

    /** How many groups of 16 bits, less than zero if it is none. @param mayEndAs4 the last 32 bits may be dotted decimals */
    private static int groups(String text, boolean mayEndAs4) {
        if (text.isEmpty()) {
            return 0;
        }
        var parts = List.of(text.split(":", -1));
        boolean endsAs4 = mayEndAs4 && VERSION_4.matcher(parts.getLast()).matches();
        var plain = endsAs4 ? parts.subList(0, parts.size() - 1) : parts;
        return plain.stream().allMatch(part -> GROUP.matcher(part).matches())
                ? plain.size() + (endsAs4 ? 2 : 0)
                : -GROUPS;
    }
}
