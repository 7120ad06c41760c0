package dev.migrator.target.registry;

import dev.migrator.core.kinds.SchemaKind;

/** Kinds of entries in a registry, and their fields. */
final class Fields {
    static final String ARTIFACT = SchemaKind.ARTIFACT;
    static final String VERSION = SchemaKind.VERSION;

    static final String TYPE = SchemaKind.TYPE;
    /** Followed by the rule's type. */
    static final String RULE = SchemaKind.RULE;

    static final String CONTENT = SchemaKind.CONTENT;
    static final String REFERENCES = SchemaKind.REFERENCES;
    /** Only of a draft. */
    static final String STATE = "state";

    private Fields() {}
}
