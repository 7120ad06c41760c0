package dev.migrator.faults;

import java.util.List;

/**
 * A mistake in what is asked for, which applying would run into.
 *
 * @param what for people
 * @param code that has to come of it, and no other
 * @param where the environment that it is planned for
 * @param writer whose credential the executor has
 * @param manifests in files of their own
 */
record Fault(String what, String code, Where where, String writer, List<String> manifests) {
    enum Where {
        PRODUCTION,
        /** Its address leads to another cluster than the environment names. */
        WRONG_CLUSTER,
        /** A registry with an identity, which registries do not have. */
        REGISTRY_WITH_ID,
        WITHOUT_KAFKA,
        WITH_TWO_CLUSTERS
    }

    static Fault of(String what, String code, String... manifests) {
        return new Fault(what, code, Where.PRODUCTION, "admin", List.of(manifests));
    }

    Fault in(Where place) {
        return new Fault(what, code, place, writer, manifests);
    }

    Fault writtenBy(String user) {
        return new Fault(what, code, where, user, manifests);
    }

    @Override
    public String toString() {
        return code + ": " + what;
    }
}
