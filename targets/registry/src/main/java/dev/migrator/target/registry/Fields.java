package dev.migrator.target.registry;

/** Kinds of entries in a registry, and their fields. */
final class Fields {
    static final String ARTIFACT = "artifact";
    static final String VERSION = "artifact-version";

    static final String TYPE = "type";
    /** Followed by the rule's type. */
    static final String RULE = "rule.";

    static final String CONTENT = "content";
    static final String REFERENCES = "references";
    /** Only of a draft. */
    static final String STATE = "state";

    private Fields() {}
}
