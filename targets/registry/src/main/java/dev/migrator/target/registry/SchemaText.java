package dev.migrator.target.registry;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.error.ProblemException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;

/** Content of a version: how it is compared, and what kind of text it is. */
final class SchemaText {
    private static final Set<String> JSON_TYPES = Set.of("AVRO", "JSON");
    private static final Set<String> XML_TYPES = Set.of("XML", "XSD", "WSDL");

    private SchemaText() {}

    static boolean isJson(String artifactType) {
        return JSON_TYPES.contains(artifactType);
    }

    /**
     * The form in which contents are compared: canonical JSON for Avro and JSON schemas, since white space and the
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
            case String type when isJson(type) -> "application/json";
            case String type when XML_TYPES.contains(type) -> "application/xml";
            default -> parses(text) ? "application/json" : "application/x-yaml";
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
