package dev.migrator.core.kinds;

import java.util.Locale;

/**
 * Percent-encoding of the few characters that separate the parts of an address. One to one: a text has a single encoded
 * form, and anything else is refused when read.
 */
final class PercentCode {
    private final String separators;

    /** @param separators ASCII characters to encode; the percent sign always is */
    PercentCode(String separators) {
        this.separators = separators + "%";
    }

    String encode(String part) {
        var out = new StringBuilder(part.length() + 8);
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (separators.indexOf(c) >= 0) {
                out.append(String.format(Locale.ROOT, "%%%02X", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    /** @throws IllegalArgumentException if the text is not what {@link #encode} gives for any part */
    String decode(String encoded) {
        var out = new StringBuilder(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c != '%') {
                out.append(c);
                continue;
            }
            if (i + 3 > encoded.length()) {
                throw new IllegalArgumentException("'%' without two hex digits in '" + encoded + "'");
            }
            var digits = encoded.substring(i + 1, i + 3);
            if (!digits.matches("[0-9A-F]{2}")) {
                throw new IllegalArgumentException("'%" + digits + "' in '" + encoded + "'");
            }
            out.append((char) Integer.parseInt(digits, 16));
            i += 2;
        }
        var part = out.toString();
        if (!encode(part).equals(encoded)) {
            throw new IllegalArgumentException("'" + encoded + "' is written '" + encode(part) + "'");
        }
        return part;
    }
}
