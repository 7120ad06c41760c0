package dev.migrator.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.events.v1.ChangeRequested;
import dev.migrator.events.v1.Intent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SchemasTest {
    private static final Path COMMITTED = Path.of("src/test/resources/committed");

    static Stream<Path> committed() throws IOException {
        return Files.walk(COMMITTED)
                .filter(file -> file.toString().endsWith(".avsc"))
                .sorted();
    }

    static List<Schema> schemas() {
        return EventTypes.ALL;
    }

    @ParameterizedTest
    @MethodSource("committed")
    void whatWasWrittenByAnyCommittedVersionCanBeReadNow(Path file) throws IOException {
        Schema old = parse(file);
        assertReadable(now(old), old);
    }

    @ParameterizedTest
    @MethodSource("committed")
    void whatIsWrittenNowCanBeReadByAnyCommittedVersion(Path file) throws IOException {
        Schema old = parse(file);
        assertReadable(old, now(old));
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void everyRecordHasACommittedVersion(Schema schema) {
        assertThat(COMMITTED.resolve("v1").resolve(schema.getName() + ".avsc")).exists();
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void everyTypeAndFieldIsDocumented(Schema schema) {
        List<String> undocumented = new ArrayList<>();
        visit(schema, new HashSet<>(), undocumented);
        assertThat(undocumented).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void everyEnumerationHasASymbolForWhatALaterVersionAdds(Schema schema) {
        assertThat(enums(schema, new HashSet<>()))
                .allSatisfy(e -> assertThat(e.getEnumDefault()).isEqualTo("UNKNOWN"));
    }

    @Test
    void everyFileIsARecordOnATopicOrPartOfOne() throws IOException {
        Set<String> known = new HashSet<>();
        EventTypes.ALL.forEach(schema -> names(schema, known));
        try (var files = Files.list(Path.of("src/main/avro"))) {
            assertThat(files.map(f -> f.getFileName().toString().replace(".avsc", "")))
                    .allSatisfy(name -> assertThat(known).contains("dev.migrator.events.v1." + name));
        }
    }

    @Test
    void aChangeNeedsFiveFieldsAndIsAppliedByDefault() {
        EventTypes.trust();
        var change = ChangeRequested.newBuilder()
                .setMigrationId("m-1")
                .setEnvironment("test")
                .setBundleDigest("0".repeat(64))
                .setCommit("c1")
                .setRequester("ann")
                .build();
        assertThat(change.getIntent()).isEqualTo(Intent.APPLY);
        assertThat(change.getBundle()).isNull();
        assertThat(change.getBundleUri()).isNull();
    }

    private static Schema now(Schema old) {
        return EventTypes.find(old.getFullName()).orElseThrow(() -> new AssertionError(old.getFullName() + " is gone"));
    }

    private static Schema parse(Path file) throws IOException {
        return new SchemaParser().parse(Files.readString(file)).mainSchema();
    }

    private static void assertReadable(Schema reader, Schema writer) {
        var found = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
        assertThat(found.getType()).as(found.getDescription()).isEqualTo(SchemaCompatibilityType.COMPATIBLE);
    }

    private static void visit(Schema schema, Set<String> seen, List<String> undocumented) {
        switch (schema.getType()) {
            case RECORD -> {
                if (seen.add(schema.getFullName())) {
                    note(schema.getDoc(), schema.getName(), undocumented);
                    for (Schema.Field field : schema.getFields()) {
                        note(field.doc(), schema.getName() + "." + field.name(), undocumented);
                        visit(field.schema(), seen, undocumented);
                    }
                }
            }
            case ENUM -> note(schema.getDoc(), schema.getName(), undocumented);
            default -> inner(schema).forEach(part -> visit(part, seen, undocumented));
        }
    }

    private static void note(String doc, String name, List<String> undocumented) {
        if (doc == null || doc.isBlank()) {
            undocumented.add(name);
        }
    }

    private static Set<Schema> enums(Schema schema, Set<String> seen) {
        Set<Schema> found = new HashSet<>();
        if (schema.getType() == Schema.Type.ENUM) {
            found.add(schema);
        } else if (schema.getType() != Schema.Type.RECORD || seen.add(schema.getFullName())) {
            inner(schema).forEach(part -> found.addAll(enums(part, seen)));
        }
        return found;
    }

    private static void names(Schema schema, Set<String> known) {
        boolean named = schema.getType() == Schema.Type.RECORD || schema.getType() == Schema.Type.ENUM;
        if (!named || known.add(schema.getFullName())) {
            inner(schema).forEach(part -> names(part, known));
        }
    }

    private static List<Schema> inner(Schema schema) {
        return switch (schema.getType()) {
            case RECORD -> schema.getFields().stream().map(Schema.Field::schema).toList();
            case UNION -> schema.getTypes();
            case ARRAY -> List.of(schema.getElementType());
            case MAP -> List.of(schema.getValueType());
            default -> List.of();
        };
    }
}
