package dev.migrator.target.connect;

import dev.migrator.target.httpclient.PathSegment;

/** Paths of the REST interface, with every name encoded as one segment. */
final class Paths {
    static final String CONNECTORS = "/connectors";

    private Paths() {}

    static String connector(String name) {
        return CONNECTORS + "/" + PathSegment.encoded(name);
    }

    /** @param what e.g. {@code status} */
    static String of(String name, String what) {
        return connector(name) + "/" + what;
    }

    static String plugin(String type, String what) {
        return "/connector-plugins/" + PathSegment.encoded(type) + "/" + what;
    }
}
