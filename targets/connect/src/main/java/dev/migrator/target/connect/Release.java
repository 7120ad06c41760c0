package dev.migrator.target.connect;

import java.util.regex.Pattern;

/** A release of Kafka Connect, e.g. {@code 4.1.1} or {@code 7.8.0-ccs}. */
record Release(int major, int minor) {
    /** Knows how to stop a connector, and how far it has come. */
    static final Release THAT_CAN_RETIRE = new Release(3, 6);

    private static final Pattern BEGIN = Pattern.compile("([0-9]{1,4})\\.([0-9]{1,4}).*");

    /** One that says nothing of the kind counts as new: what it cannot do, it will refuse. */
    static Release of(String version) {
        var numbers = BEGIN.matcher(version);
        return numbers.matches()
                ? new Release(Integer.parseInt(numbers.group(1)), Integer.parseInt(numbers.group(2)))
                : THAT_CAN_RETIRE;
    }

    boolean isAtLeast(Release other) {
        return major > other.major || (major == other.major && minor >= other.minor);
    }
}
