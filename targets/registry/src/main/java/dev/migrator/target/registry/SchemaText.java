package dev.migrator.target.registry;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.kinds.ArtifactType;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Content of a version: how it is compared, and what kind of text it is. */
final class SchemaText {
    private SchemaText() {}

    static boolean isJson(String artifactType) {
        return ArtifactType.find(artifactType)
                .filter(type -> type.form() == ArtifactType.Form.JSON)
                .isPresent();
    }

    /**
     * The form in which contents are compared: canonical JSON for the types that are JSON, since white space and the
     * order of names mean nothing there; the text itself for others and for what is no JSON.
     */
    static String canonical(String artifactType, String text) {
        if (!isJson(artifactType)) {
            return text;
        }
        try {
            return CanonicalJson.text(CanonicalJson.parse(text));
        } catch (ProblemException e) {
            return text;
        }
    }

    /** What the registry is told of the content; it stores the text as it is. */
    static String mediaType(String artifactType, String text) {
        return switch (artifactType) {
            case "PROTOBUF" -> "application/x-protobuf";
            case "GRAPHQL" -> "application/graphql";
            case String type ->
                switch (ArtifactType.find(type).map(ArtifactType::form).orElse(ArtifactType.Form.JSON_OR_YAML)) {
                    case JSON -> "application/json";
                    case XML -> "application/xml";
                    case TEXT -> "text/plain";
                    case JSON_OR_YAML -> parses(text) ? "application/json" : "application/x-yaml";
                };
        };
    }

    static boolean parses(String text) {
        try {
            CanonicalJson.parse(text);
            return true;
        } catch (ProblemException e) {
            return false;
        }
    }

    /** The bytes as text; bytes that are not UTF-8, which no manifest can hold, as a {@code data:} URI. */
    static String of(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return "data:application/octet-stream;base64," + Base64.getEncoder().encodeToString(bytes);
        }
    }
}
