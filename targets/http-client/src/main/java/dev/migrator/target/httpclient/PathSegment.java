package dev.migrator.target.httpclient;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Names in the paths of URLs. */
public final class PathSegment {
    private static final String PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_~.";

    private PathSegment() {}

    /**
     * One segment of a path, or the value of a query parameter.
     *
     * @throws IllegalArgumentException if it is empty: a call on one entry would become one on all of its group
     */
    public static String encoded(String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a name in a path is not empty");
        }
        boolean onlyDots = name.chars().allMatch(c -> c == '.');
        var out = new StringBuilder();
        for (byte octet : name.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xff);
            // "." and ".." alone would be taken for steps within the path
            if (PLAIN.indexOf(c) >= 0 && !onlyDots) {
                out.append(c);
            } else {
                out.append('%').append(HexFormat.of().withUpperCase().toHexDigits(octet));
            }
        }
        return out.toString();
    }
}
