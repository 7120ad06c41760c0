package dev.migrator.localstack;

/** The environments that a local stack can have: each has a broker and a registry of its own. */
public enum Environment {
    TEST("test", 10, "open", "0s"),
    PRODUCTION("production", 30, "protected", "7d"),
    /** May be left out: what is meant for production is done and undone here first. */
    REHEARSAL("rehearsal", 40, "open", "0s");

    /** The cluster and registry that the services themselves use; no environment. */
    static final String CONTROL = "control";

    final String label;
    final int order;
    final String protection;
    /** For how long what was retired stays before it may be purged. */
    final String grace;

    Environment(String label, int order, String protection, String grace) {
        this.label = label;
        this.order = order;
        this.protection = protection;
        this.grace = grace;
    }

    /** The name of the credentials with which its broker is read, written or checked. */
    String kafkaCredential(Access access) {
        return label + "-kafka-" + access.label;
    }

    /** The name of the credentials with which its database is read or written. */
    String databaseCredential(Access access) {
        return label + "-postgres-" + access.label;
    }

    /** What a credential allows; the broker has one user for each. */
    public enum Access {
        READ("read"),
        WRITE("write"),
        CHECK("check");

        final String label;

        Access(String label) {
            this.label = label;
        }

        String user() {
            return "migrator-" + label;
        }

        String databaseUser() {
            return "migrator_" + label;
        }
    }
}
