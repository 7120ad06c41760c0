package dev.migrator.target.registry;

import dev.migrator.core.kinds.RegistryFields;
import dev.migrator.core.kinds.RegistryRulesKind;
import dev.migrator.core.kinds.SchemaGroupKind;
import dev.migrator.core.kinds.SchemaKind;
import java.util.List;

/** Kinds of entries in a registry, and their fields. */
final class Fields {
    static final String GLOBAL_RULE = RegistryRulesKind.ENTRY;
    static final String GROUP = SchemaGroupKind.ENTRY;
    static final String ARTIFACT = SchemaKind.ARTIFACT;
    static final String VERSION = SchemaKind.VERSION;
    static final List<String> KINDS = List.of(GLOBAL_RULE, GROUP, ARTIFACT, VERSION);

    static final String TYPE = SchemaKind.TYPE;
    /** Followed by the rule's type. */
    static final String RULE = RegistryFields.RULE;
    /** Of a rule that holds for the whole registry. */
    static final String CONFIG = RegistryRulesKind.CONFIG;

    static final String NAME = RegistryFields.NAME;
    static final String DESCRIPTION = RegistryFields.DESCRIPTION;
    /** Followed by the label's name. */
    static final String LABEL = RegistryFields.LABEL;

    static final String CONTENT = SchemaKind.CONTENT;
    static final String REFERENCES = SchemaKind.REFERENCES;
    static final String STATE = SchemaKind.STATE;

    private Fields() {}
}
