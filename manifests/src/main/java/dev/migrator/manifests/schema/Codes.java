package dev.migrator.manifests.schema;

/** Codes of findings by what was read; those of manifests are the core's own. */
public enum Codes {
    MANIFESTS("MAN-UNKNOWN-FIELD", "MAN-MISSING-FIELD", "MAN-WRONG-TYPE", "MAN-VALUE"),
    ENVIRONMENTS("ENV-UNKNOWN-FIELD", "ENV-MISSING-FIELD", "ENV-WRONG-TYPE", "ENV-VALUE"),
    POLICIES("POL-UNKNOWN-FIELD", "POL-MISSING-FIELD", "POL-WRONG-TYPE", "POL-VALUE");

    final String unknownField;
    final String missingField;
    final String wrongType;
    final String value;

    Codes(String unknownField, String missingField, String wrongType, String value) {
        this.unknownField = unknownField;
        this.missingField = missingField;
        this.wrongType = wrongType;
        this.value = value;
    }
}
