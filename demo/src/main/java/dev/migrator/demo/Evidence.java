package dev.migrator.demo;

import java.util.regex.Pattern;

/** Evidence in short: digests by their first eight digits, as everywhere where people read them. */
final class Evidence {
    private static final Pattern DIGEST = Pattern.compile("(?:sha256:)?([0-9a-f]{8})[0-9a-f]{56}");

    private Evidence() {}

    static String brief(String evidence) {
        return DIGEST.matcher(evidence).replaceAll("$1");
    }
}
