package dev.migrator.core.kinds;

import java.util.Arrays;
import java.util.Optional;

/** Types of artifacts that Apicurio Registry 3.3 comes with, and what their contents are. */
public enum ArtifactType {
    AVRO(Form.JSON),
    JSON(Form.JSON),
    PROTOBUF(Form.TEXT),
    OPENAPI(Form.JSON_OR_YAML),
    ASYNCAPI(Form.JSON_OR_YAML),
    OPENRPC(Form.JSON_OR_YAML),
    GRAPHQL(Form.TEXT),
    KCONNECT(Form.JSON),
    WSDL(Form.XML),
    XSD(Form.XML),
    XML(Form.XML),
    THRIFT(Form.TEXT),
    AGENT_CARD(Form.JSON),
    MCP_TOOL(Form.JSON),
    ICEBERG_TABLE(Form.JSON),
    ICEBERG_VIEW(Form.JSON),
    MODEL_SCHEMA(Form.JSON_OR_YAML),
    PROMPT_TEMPLATE(Form.JSON_OR_YAML),
    ODCS_CONTRACT(Form.JSON_OR_YAML);

    /** What a content is written in. */
    public enum Form {
        /** Only JSON: compared by what it says, and not by white space or the order of names. */
        JSON,
        /** JSON or YAML, compared as text: comments and order are part of it. */
        JSON_OR_YAML,
        XML,
        TEXT
    }

    private final Form form;

    ArtifactType(Form form) {
        this.form = form;
    }

    public Form form() {
        return form;
    }

    /** Empty for a type that only some server knows. */
    public static Optional<ArtifactType> find(String name) {
        return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
    }

    static String[] names() {
        return Arrays.stream(values()).map(Enum::name).toArray(String[]::new);
    }
}
