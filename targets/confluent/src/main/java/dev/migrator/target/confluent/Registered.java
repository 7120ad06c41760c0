package dev.migrator.target.confluent;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.ProblemException;
import dev.migrator.core.kinds.AvroForm;
import dev.migrator.core.kinds.SubjectKind;
import dev.migrator.core.model.Content;
import dev.migrator.target.httpclient.Json;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A version of a subject as the registry describes it.
 *
 * @param id of the schema, the same wherever the same schema is registered
 */
record Registered(long id, Content content) {
    private static final String AVRO = "AVRO";

    /** Empty when a field is missing that every version has. */
    static Optional<Registered> from(Value.Obj described) {
        var id = Json.number(described, "id");
        var schema = Json.text(described, SubjectKind.SCHEMA);
        if (id.isEmpty() || schema.isEmpty()) {
            return Optional.empty();
        }
        var type = Json.text(described, SubjectKind.TYPE).orElse(AVRO);
        var references = described.get(SubjectKind.REFERENCES) instanceof Value.Arr given
                ? given
                : Value.array(java.util.List.of());
        return Optional.of(new Registered(
                id.get(),
                comparable(Content.of(Map.of(
                        SubjectKind.TYPE, Value.of(type),
                        SubjectKind.SCHEMA, Value.of(schema.get()),
                        SubjectKind.REFERENCES, references)))));
    }

    /** The content in the form in which it is compared. */
    static Content comparable(Content content) {
        if (!(content.get(SubjectKind.SCHEMA) instanceof Value.Text(var text))) {
            return content;
        }
        var fields = new TreeMap<>(content.fields());
        var type = content.get(SubjectKind.TYPE) instanceof Value.Text(var named) ? named : AVRO;
        fields.put(
                SubjectKind.SCHEMA,
                Value.of(
                        switch (type) {
                            case AVRO -> AvroForm.of(text);
                            case "JSON" -> json(text);
                            default -> text;
                        }));
        return new Content(fields);
    }

    private static String json(String text) {
        try {
            return CanonicalJson.text(CanonicalJson.parse(text));
        } catch (ProblemException e) {
            return text;
        }
    }

    String incarnation() {
        return Long.toString(id);
    }
}
